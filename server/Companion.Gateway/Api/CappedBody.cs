using System.Buffers;

namespace Companion.Gateway.Api;

/// <summary>What was read of a body, in a buffer that is lent: disposing gives it back.</summary>
/// <param name="length">The number of bytes read.</param>
/// <param name="isTruncated">True if the body is longer.</param>
internal sealed class CappedBody(AnswerBuffers buffers, byte[] buffer, int length, bool isTruncated) : IDisposable
{
    /// <summary>How long a body may stand still before it is given up.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private const int LongestFirstBuffer = 128 * 1024; // a page of a list; what is said to be longer has to come first

    private const int Piece = 64 * 1024;

    private byte[]? _buffer = buffer;

    /// <summary>Nothing.</summary>
    public static CappedBody Empty => new(new AnswerBuffers(), [], 0, isTruncated: false);

    /// <summary>The bytes, unpacked. They may be written to.</summary>
    public Memory<byte> Bytes => _buffer.AsMemory(0, _buffer is null ? 0 : length);

    /// <summary>True where the body goes on after them.</summary>
    public bool IsTruncated => isTruncated;

    /// <summary>Reads a body, but never more than the cap and one byte, whatever its length is said to be or turns out to be.</summary>
    /// <param name="content">The body. Its unpacked length counts.</param>
    /// <param name="cap">The maximum number of bytes to keep.</param>
    /// <exception cref="IOException">The body stood still for too long.</exception>
    public static async Task<CappedBody> ReadAsync(
        HttpContent content, int cap, AnswerBuffers buffers, TimeProvider time, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(MaxIdle, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await ReadAsync(content, cap, buffers, idle, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException("No data was received for 20 seconds.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _buffer, null) is { } taken)
            buffers.GiveBack(taken);
    }

    private static async Task<CappedBody> ReadAsync(
        HttpContent content, int cap, AnswerBuffers buffers, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        // While a turn is waited for, it is not the gateway that is waited for.
        void Waiting(bool began) => idle.CancelAfter(began ? Timeout.InfiniteTimeSpan : MaxIdle);

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var expected = content.Headers.ContentLength is { } said ? (int)Math.Min(said + 1, LongestFirstBuffer) : AnswerBuffers.Small;
            var buffer = await buffers.TakeAsync(0, Math.Min(expected, cap + 1), Waiting, cancellationToken).ConfigureAwait(false);
            try
            {
                var length = 0;
                while (true)
                {
                    var room = buffer.AsMemory(length, Math.Min(buffer.Length, cap + 1) - length);
                    var read = AnswerBuffers.IsLong(buffer.Length)
                        ? await ReadPieceAsync(stream, room, cancellationToken).ConfigureAwait(false)
                        : await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                    idle.CancelAfter(MaxIdle);
                    length += read;
                    if (read == 0)
                        return new CappedBody(buffers, buffer, length, isTruncated: false);
                    if (length > cap)
                        return new CappedBody(buffers, buffer, cap, isTruncated: true);
                    if (length < buffer.Length)
                        continue;

                    // A long one gets all the room that it may need at once: what is not written to takes no memory.
                    var size = Math.Min(2 * length, cap + 1);
                    var larger = await buffers.TakeAsync(length, AnswerBuffers.IsLong(size) ? cap + 1 : size, Waiting, cancellationToken).ConfigureAwait(false);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
            catch
            {
                buffers.Abandon(buffer.Length);
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
}
