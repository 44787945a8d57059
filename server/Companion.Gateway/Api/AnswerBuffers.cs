using System.Buffers;

namespace Companion.Gateway.Api;

/// <summary>
/// Room for the answers of a process. Of answers that are not small a few are read at a time, of long ones one; the next one is read on once
/// one of them is disposed of. Of lists, too, a few are read at a time. Safe for concurrent use.
/// </summary>
public sealed class AnswerBuffers
{
    /// <summary>The longest buffer of which there may be any number.</summary>
    internal const int Small = 16 * 1024;

    private const int LongestLent = 256 * 1024; // nobody needs longer ones often enough for the pool to keep them
    private const int MostNotSmall = 16;
    private const int MostLists = 2;

    private readonly Turns _notSmall = new(MostNotSmall);
    private readonly Turns _long = new(1);
    private readonly WeakReference<byte[]?> _spareLong = new(null); // so that the next one need not wait for a collection of the last

    /// <summary>The lists that are read: each keeps a page, and what tells the items of the next one from those before.</summary>
    internal Turns Lists { get; } = new(MostLists);

    /// <summary>True where a buffer is so long that there is one of its kind.</summary>
    internal static bool IsLong(int size) => size > LongestLent;

    /// <summary>Takes a buffer once it is its turn, which it is already for a buffer of the kind that there was before.</summary>
    /// <param name="had">The length of the buffer that's being replaced, which the caller keeps. 0 if there's none.</param>
    /// <param name="size">The required length in bytes.</param>
    /// <param name="waiting">Called with true before a wait and with false after it.</param>
    internal async ValueTask<byte[]> TakeAsync(int had, int size, Action<bool> waiting, CancellationToken cancellationToken)
    {
        if (IsSmall(had) && !IsSmall(size))
            await WaitAsync(_notSmall, waiting, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsLong(had) && IsLong(size))
                await WaitAsync(_long, waiting, cancellationToken).ConfigureAwait(false);
        }
        catch when (IsSmall(had))
        {
            _notSmall.Leave();
            throw;
        }

        try
        {
            return IsLong(size) ? TakeLong(size) : ArrayPool<byte>.Shared.Rent(size);
        }
        catch (OutOfMemoryException)
        {
            Abandon(size, had);
            throw;
        }
    }

    /// <summary>Takes back a buffer that nobody reads or writes any more.</summary>
    /// <param name="buffer">The buffer, which may be empty.</param>
    internal void GiveBack(byte[] buffer)
    {
        if (IsLong(buffer.Length))
            _spareLong.SetTarget(buffer);
        else if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        Abandon(buffer.Length);
    }

    /// <summary>Lets the next one have its turn, and leaves the buffer to the collector: what was given up may still be written to.</summary>
    /// <param name="size">The buffer's length in bytes.</param>
    /// <param name="kept">The length of a buffer that the caller keeps. 0 if there's none.</param>
    internal void Abandon(int size, int kept = 0)
    {
        if (IsLong(size) && !IsLong(kept))
            _long.Leave();
        if (!IsSmall(size) && IsSmall(kept))
            _notSmall.Leave();
    }

    private static bool IsSmall(int size) => size <= Small;

    private static async ValueTask WaitAsync(Turns turns, Action<bool> waiting, CancellationToken cancellationToken)
    {
        if (turns.TryEnter())
            return;
        waiting(true);
        await turns.EnterAsync(cancellationToken).ConfigureAwait(false);
        waiting(false);
    }

    private byte[] TakeLong(int size)
    {
        if (!_spareLong.TryGetTarget(out var spare) || spare.Length < size)
            return GC.AllocateUninitializedArray<byte>(size);
        _spareLong.SetTarget(null);
        return spare;
    }
}
