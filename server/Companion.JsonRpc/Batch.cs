using System.Buffers;

namespace Companion.JsonRpc;

/// <summary>The replies to a batch, which go out in one frame once all of them are there.</summary>
internal sealed class Batch(IJsonRpcMessageHandler handler)
{
    private readonly LentBuffer _replies = new();
    private int _open = 1; // the reader's, while it reads

    /// <summary>One more request is to be answered, and then to be <see cref="Release"/>d.</summary>
    public void Expect() => Interlocked.Increment(ref _open);

    public void Add(in ReadOnlySequence<byte> reply)
    {
        lock (_replies)
        {
            _replies.Write(_replies.WrittenCount == 0 ? "["u8 : ","u8);
            foreach (var piece in reply)
                _replies.Write(piece.Span);
        }
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _open) > 0 || _replies.WrittenCount == 0)
            return;
        _replies.Write("]"u8);
        handler.Write(_replies.Written);
        _replies.Clear();
    }
}
