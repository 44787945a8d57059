using System.Buffers;

namespace Companion.Gateway.Api;

/// <summary>A body, or the beginning of one, in a rented buffer. Disposing it returns the buffer.</summary>
/// <param name="length">The number of bytes read.</param>
/// <param name="isTruncated">True if the body is longer.</param>
internal sealed class SizeLimitedBody(ResponseBuffers buffers, byte[] buffer, int length, bool isTruncated) : IDisposable
{
    /// <summary>How long a body may make no progress.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private const int MaxFirstBuffer = 128 * 1024; // a page of a list; a declared length alone gets no more than this

    private const int ChunkSize = 64 * 1024;

    private byte[]? _buffer = buffer;

    /// <summary>An empty body.</summary>
    public static SizeLimitedBody Empty => new(new ResponseBuffers(), [], 0, isTruncated: false);

    /// <summary>The unpacked bytes. They can be written to.</summary>
    public Memory<byte> Bytes => _buffer.AsMemory(0, _buffer is null ? 0 : length);

    /// <summary>True if the body is longer.</summary>
    public bool IsTruncated => isTruncated;

    /// <summary>Reads a body, but at most one byte more than the limit, regardless of its declared or actual length.</summary>
    /// <param name="content">The body. Its unpacked length counts.</param>
    /// <param name="maxBytes">The maximum number of bytes to keep.</param>
    /// <exception cref="IOException">The body made no progress for too long.</exception>
    public static async Task<SizeLimitedBody> ReadAsync(
        HttpContent content, int maxBytes, ResponseBuffers buffers, TimeProvider time, CancellationToken cancellationToken)
    {
        using var idle = new CancellationTokenSource(MaxIdle, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        try
        {
            return await ReadAsync(content, maxBytes, buffers, idle, linked.Token).ConfigureAwait(false);
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
            buffers.Return(taken);
    }

    private static async Task<SizeLimitedBody> ReadAsync(
        HttpContent content, int maxBytes, ResponseBuffers buffers, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        // Waiting for a buffer doesn't count as waiting for the gateway.
        void Waiting(bool began) => idle.CancelAfter(began ? Timeout.InfiniteTimeSpan : MaxIdle);

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var expected = content.Headers.ContentLength is { } declared ? (int)Math.Min(declared + 1, MaxFirstBuffer) : ResponseBuffers.MaxSmallSize;
            var buffer = await buffers.RentAsync(0, Math.Min(expected, maxBytes + 1), Waiting, cancellationToken).ConfigureAwait(false);
            try
            {
                var length = 0;
                while (true)
                {
                    var room = buffer.AsMemory(length, Math.Min(buffer.Length, maxBytes + 1) - length);
                    var read = ResponseBuffers.IsLarge(buffer.Length)
                        ? await ReadChunkAsync(stream, room, cancellationToken).ConfigureAwait(false)
                        : await stream.ReadAsync(room, cancellationToken).ConfigureAwait(false);
                    idle.CancelAfter(MaxIdle);
                    length += read;
                    if (read == 0)
                        return new SizeLimitedBody(buffers, buffer, length, isTruncated: false);
                    if (length > maxBytes)
                        return new SizeLimitedBody(buffers, buffer, maxBytes, isTruncated: true);
                    if (length < buffer.Length)
                        continue;

                    // A large body gets the maximum size at once. Unused memory costs nothing.
                    var size = Math.Min(2 * length, maxBytes + 1);
                    var larger = await buffers.RentAsync(length, ResponseBuffers.IsLarge(size) ? maxBytes + 1 : size, Waiting, cancellationToken).ConfigureAwait(false);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }
            catch
            {
                buffers.Discard(buffer.Length);
                throw;
            }
        }
    }

    // A connection keeps a reference to the last buffer that it filled, so that must not be a large one.
    private static async ValueTask<int> ReadChunkAsync(Stream stream, Memory<byte> room, CancellationToken cancellationToken)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        var read = await stream.ReadAsync(chunk.AsMemory(0, Math.Min(chunk.Length, room.Length)), cancellationToken).ConfigureAwait(false);
        chunk.AsMemory(0, read).CopyTo(room);
        ArrayPool<byte>.Shared.Return(chunk);
        return read;
    }
}
