using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>A body that goes wrong after its first bytes: it is cut, it never ends, or it never goes on.</summary>
internal sealed class SimBodyStream(ReadOnlyMemory<byte> start, FaultType then) : Stream
{
    private ReadOnlyMemory<byte> _left = start;

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
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_left.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _left.Length);
            _left[..count].CopyTo(buffer);
            _left = _left[count..];
            return ValueTask.FromResult(count);
        }

        switch (then)
        {
            case FaultType.EndlessBody:
                buffer.Span.Fill((byte)' ');
                return ValueTask.FromResult(buffer.Length);
            case FaultType.StalledBody:
                return new ValueTask<int>(Never(cancellationToken));
            default:
                throw new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely.");
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

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

    private static Task<int> Never(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<int>();
        cancellationToken.UnsafeRegister((_, token) => never.TrySetCanceled(token), null);
        return never.Task;
    }
}
