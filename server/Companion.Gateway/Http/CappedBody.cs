namespace Companion.Gateway;

/// <summary>What was read of a body.</summary>
/// <param name="Bytes">The bytes, unpacked.</param>
/// <param name="IsTruncated">True where the body goes on after them.</param>
internal readonly record struct CappedBody(Memory<byte> Bytes, bool IsTruncated)
{
    /// <summary>How long a body may stand still before it is given up.</summary>
    public static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(20);

    private const int FirstBuffer = 16 * 1024;

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

    private static async Task<CappedBody> ReadAsync(HttpContent content, int cap, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[Math.Min(FirstBuffer, cap + 1)];
            var length = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                idle.CancelAfter(MaxIdle);
                length += read;
                if (read == 0)
                    return new CappedBody(buffer.AsMemory(0, length), IsTruncated: false);
                if (length > cap)
                    return new CappedBody(buffer.AsMemory(0, cap), IsTruncated: true);
                if (length == buffer.Length)
                    Array.Resize(ref buffer, (int)Math.Min(2L * length, cap + 1L));
            }
        }
    }
}
