using System.Buffers;

namespace Companion.Gateway;

/// <summary>What was read of a body, in a buffer that is lent where it is not long: disposing gives it back.</summary>
/// <param name="buffer">The buffer.</param>
/// <param name="length">How many bytes of it were read.</param>
/// <param name="isTruncated">True where the body goes on after them.</param>
internal sealed class CappedBody(byte[] buffer, int length, bool isTruncated) : IDisposable
{
    /// <summary>How long a body may stand still before it is given up.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private const int FirstBuffer = 16 * 1024;
    private const int LongestFirstBuffer = 128 * 1024; // a page of a list; what is said to be longer has to come first
    private const int LongestLent = 256 * 1024; // nobody needs longer ones often enough for the pool to keep them

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

    private static async Task<CappedBody> ReadAsync(HttpContent content, int cap, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var expected = content.Headers.ContentLength is { } said ? (int)Math.Min(said + 1, LongestFirstBuffer) : FirstBuffer;
            var buffer = Take(Math.Min(expected, cap + 1));
            var length = 0;
            while (true)
            {
                // A buffer is not given back where this fails: what was given up may still be written to.
                var room = buffer.AsMemory(length, Math.Min(buffer.Length, cap + 1) - length);
                var read = await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                idle.CancelAfter(MaxIdle);
                length += read;
                if (read == 0)
                    return new CappedBody(buffer, length, isTruncated: false);
                if (length > cap)
                    return new CappedBody(buffer, cap, isTruncated: true);
                if (length == buffer.Length)
                    Grow(ref buffer, Math.Min(2 * length, cap + 1));
            }
        }
    }

    private static void Grow(ref byte[] buffer, int size)
    {
        var full = buffer;
        buffer = Take(size);
        full.CopyTo(buffer, 0);
        GiveBack(full);
    }

    private static byte[] Take(int size) =>
        size <= LongestLent ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    private static void GiveBack(byte[] buffer)
    {
        if (buffer.Length is > 0 and <= LongestLent)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
