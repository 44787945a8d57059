using System.Buffers;

namespace Companion.Gateway.Api;

/// <summary>
/// Limits the memory for the responses of a process. Any number of small responses, a few medium ones, and one large one are read at the same
/// time. The next one continues when one of them is disposed. The number of concurrent lists is limited too. Safe for concurrent use.
/// </summary>
public sealed class ResponseBuffers
{
    /// <summary>The maximum size of a small buffer in bytes.</summary>
    internal const int MaxSmallSize = 16 * 1024;

    private const int MaxPooledSize = 256 * 1024; // larger buffers are too rare to keep in the pool
    private const int MaxMedium = 16;
    private const int MaxLists = 2;

    private readonly FifoSemaphore _medium = new(MaxMedium);
    private readonly FifoSemaphore _large = new(1);
    private readonly WeakReference<byte[]?> _spareLarge = new(null); // avoids waiting for a garbage collection of the previous one

    /// <summary>Limits concurrent lists. Each keeps a page and the hashes of the items it has read.</summary>
    internal FifoSemaphore Lists { get; } = new(MaxLists);

    /// <summary>Whether a buffer is so large that only one can exist at a time.</summary>
    internal static bool IsLarge(int size) => size > MaxPooledSize;

    /// <summary>Rents a buffer, after waiting if necessary. If the current buffer is of the same kind, there's no wait.</summary>
    /// <param name="current">The length of the buffer that's being replaced, which the caller keeps. 0 if there's none.</param>
    /// <param name="size">The required length in bytes.</param>
    /// <param name="waiting">Called with true before a wait and with false after it.</param>
    internal async ValueTask<byte[]> RentAsync(int current, int size, Action<bool> waiting, CancellationToken cancellationToken)
    {
        if (IsSmall(current) && !IsSmall(size))
            await AcquireAsync(_medium, waiting, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsLarge(current) && IsLarge(size))
                await AcquireAsync(_large, waiting, cancellationToken).ConfigureAwait(false);
        }
        catch when (IsSmall(current))
        {
            _medium.Release();
            throw;
        }

        try
        {
            return IsLarge(size) ? RentLarge(size) : ArrayPool<byte>.Shared.Rent(size);
        }
        catch (OutOfMemoryException)
        {
            Discard(size, current);
            throw;
        }
    }

    /// <summary>Returns a buffer that's no longer in use.</summary>
    /// <param name="buffer">The buffer, which may be empty.</param>
    internal void Return(byte[] buffer)
    {
        if (IsLarge(buffer.Length))
            _spareLarge.SetTarget(buffer);
        else if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        Discard(buffer.Length);
    }

    /// <summary>Releases the semaphores but doesn't return the buffer to the pool, because a canceled read may still write to it.</summary>
    /// <param name="size">The buffer's length in bytes.</param>
    /// <param name="current">The length of a buffer that the caller keeps. 0 if there's none.</param>
    internal void Discard(int size, int current = 0)
    {
        if (IsLarge(size) && !IsLarge(current))
            _large.Release();
        if (!IsSmall(size) && IsSmall(current))
            _medium.Release();
    }

    private static bool IsSmall(int size) => size <= MaxSmallSize;

    private static async ValueTask AcquireAsync(FifoSemaphore semaphore, Action<bool> waiting, CancellationToken cancellationToken)
    {
        if (semaphore.TryAcquire())
            return;
        waiting(true);
        await semaphore.WaitAsync(cancellationToken).ConfigureAwait(false);
        waiting(false);
    }

    private byte[] RentLarge(int size)
    {
        if (!_spareLarge.TryGetTarget(out var spare) || spare.Length < size)
            return GC.AllocateUninitializedArray<byte>(size);
        _spareLarge.SetTarget(null);
        return spare;
    }
}
