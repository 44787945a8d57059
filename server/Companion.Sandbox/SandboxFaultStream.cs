namespace Companion.Sandbox;

/// <summary>A faulty body: some bytes, then white space, and then, optionally, an error.</summary>
internal sealed class SandboxFaultStream : Stream
{
    private readonly byte[] _start;
    private readonly long _length;
    private readonly bool _cut;
    private long _position;

    /// <summary>Creates a body.</summary>
    /// <param name="padding">The number of bytes of white space that follow.</param>
    /// <param name="cut">Whether an error follows.</param>
    public SandboxFaultStream(byte[] start, long padding, bool cut)
    {
        _start = start;
        _length = start.Length + padding;
        _cut = cut;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _length - _position);
        if (count == 0 && buffer.Length > 0 && _cut)
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The connection was closed in the middle of the body.");
        var fromStart = (int)Math.Clamp(_start.Length - _position, 0, count);
        _start.AsSpan((int)Math.Min(_position, _start.Length), fromStart).CopyTo(buffer);
        buffer[fromStart..count].Fill((byte)' ');
        _position += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
