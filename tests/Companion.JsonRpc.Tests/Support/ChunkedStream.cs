namespace Companion.JsonRpc.Tests.Support;

/// <summary>An input stream that returns a few bytes at a time.</summary>
internal sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes, writable: false)
{
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(chunk, buffer.Length)]);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        return base.Read(buffer.Span[..Math.Min(chunk, buffer.Length)]);
    }
}
