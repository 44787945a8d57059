using System.Buffers;

namespace Companion.Gateway;

/// <summary>
/// What was read of a body, in a buffer that is lent where it is not long: disposing gives it back. Of bodies that are not small there are
/// a few at a time in the process, of long ones one; the next one is read on once one of them is disposed of.
/// </summary>
/// <param name="buffer">The buffer.</param>
/// <param name="length">How many bytes of it were read.</param>
/// <param name="isTruncated">True where the body goes on after them.</param>
internal sealed class CappedBody(byte[] buffer, int length, bool isTruncated) : IDisposable
{
    /// <summary>How long a body may stand still before it is given up.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private const int Small = 16 * 1024;
    private const int MostNotSmall = 16;
    private const int LongestFirstBuffer = 128 * 1024; // a page of a list; what is said to be longer has to come first
    private const int LongestLent = 256 * 1024; // nobody needs longer ones often enough for the pool to keep them

    private const int Piece = 64 * 1024;

    private static readonly SemaphoreSlim NotSmall = new(MostNotSmall, MostNotSmall);
    private static readonly SemaphoreSlim Long = new(1, 1);
    private static readonly WeakReference<byte[]?> SpareLong = new(null); // so that the next one need not wait for a collection of the last

    private byte[]? _buffer = buffer;

    /// <summary>Nothing.</summary>
    public static CappedBody Empty => new([], 0, isTruncated: false);

    /// <summary>The bytes, unpacked. They may be written to.</summary>
    public Memory<byte> Bytes => _buffer.AsMemory(0, _buffer is null ? 0 : length);

    /// <summary>True where the body goes on after them.</summary>
    public bool IsTruncated => isTruncated;

    /// <summary>Reads a body, but never more than the cap and one byte, whatever its length is said to be or turns out to be.</summary>
    /// <param name="content">The body; what it unpacks to counts.</param>
    /// <param name="cap">The most bytes to keep.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The body stood still for too long.</exception>
    public static async Task<CappedBody> ReadAsync(HttpContent content, int cap, TimeProvider time, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(MaxIdle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await ReadAsync(content, cap, idle, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("Nothing more of the answer came for 20 seconds.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
            GiveBack(buffer);
    }

    private static bool IsSmall(int size) => size <= Small;

    private static bool IsLong(int size) => size > LongestLent;

    private static async Task<CappedBody> ReadAsync(HttpContent content, int cap, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var expected = content.Headers.ContentLength is { } said ? (int)Math.Min(said + 1, LongestFirstBuffer) : Small;
            var buffer = await TakeAsync([], Math.Min(expected, cap + 1), idle, cancellationToken).ConfigureAwait(false);
            try
            {
                var length = 0;
                while (true)
                {
                    var room = buffer.AsMemory(length, Math.Min(buffer.Length, cap + 1) - length);
                    var read = IsLong(buffer.Length)
                        ? await ReadPieceAsync(stream, room, cancellationToken).ConfigureAwait(false)
                        : await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                    idle.CancelAfter(MaxIdle);
                    length += read;
                    if (read == 0)
                        return new CappedBody(buffer, length, isTruncated: false);
                    if (length > cap)
                        return new CappedBody(buffer, cap, isTruncated: true);
                    if (length == buffer.Length)
                        buffer = await GrowAsync(buffer, cap, idle, cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                Leave(buffer.Length, 0); // the buffer itself is not given back: what was given up may still be written to
                throw;
            }
        }
    }

    // A connection holds on to the last buffer that it filled for as long as it is kept: that must not be a long one.
    private static async ValueTask<int> ReadPieceAsync(Stream stream, Memory<byte> room, CancellationToken cancellationToken)
    {
        var piece = ArrayPool<byte>.Shared.Rent(Piece);
        var read = await stream.ReadAsync(piece.AsMemory(0, Math.Min(piece.Length, room.Length)), cancellationToken).ConfigureAwait(false);
        piece.AsMemory(0, read).CopyTo(room);
        ArrayPool<byte>.Shared.Return(piece);
        return read;
    }

    // A long one gets all the room that it may need at once: what is not written to takes no memory.
    private static async ValueTask<byte[]> GrowAsync(byte[] full, int cap, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var size = Math.Min(2 * full.Length, cap + 1);
        var buffer = await TakeAsync(full, IsLong(size) ? cap + 1 : size, idle, cancellationToken).ConfigureAwait(false);
        full.CopyTo(buffer, 0);
        if (full.Length > 0)
            ArrayPool<byte>.Shared.Return(full);
        return buffer;
    }

    /// <summary>Takes a buffer once it is its turn, whose it is already for one of <paramref name="before"/>'s length.</summary>
    private static async ValueTask<byte[]> TakeAsync(byte[] before, int size, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var had = before.Length;
        if (IsSmall(had) && !IsSmall(size))
            await WaitAsync(NotSmall, idle, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!IsLong(had) && IsLong(size))
                await WaitAsync(Long, idle, cancellationToken).ConfigureAwait(false);
        }
        catch when (IsSmall(had))
        {
            NotSmall.Release();
            throw;
        }

        try
        {
            return IsLong(size) ? TakeLong(size) : ArrayPool<byte>.Shared.Rent(size);
        }
        catch (OutOfMemoryException)
        {
            Leave(size, had);
            throw;
        }
    }

    private static byte[] TakeLong(int size)
    {
        if (!SpareLong.TryGetTarget(out var spare) || spare.Length < size)
            return GC.AllocateUninitializedArray<byte>(size);
        SpareLong.SetTarget(null);
        return spare;
    }

    private static async ValueTask WaitAsync(SemaphoreSlim turn, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        idle.CancelAfter(Timeout.InfiniteTimeSpan); // it is not the gateway that is waited for
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        idle.CancelAfter(MaxIdle);
    }

    /// <summary>Ends the turns of a buffer of one length, but those of a length that it had before.</summary>
    private static void Leave(int size, int before)
    {
        if (IsLong(size) && !IsLong(before))
            Long.Release();
        if (!IsSmall(size) && IsSmall(before))
            NotSmall.Release();
    }

    private static void GiveBack(byte[] buffer)
    {
        if (IsLong(buffer.Length))
            SpareLong.SetTarget(buffer);
        else if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        Leave(buffer.Length, 0);
    }
}
