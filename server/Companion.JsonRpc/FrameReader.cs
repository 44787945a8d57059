using System.Buffers;
using System.IO.Pipelines;

namespace Companion.JsonRpc;

/// <summary>Reads messages of the LSP base protocol, and limits the size of header blocks and bodies.</summary>
internal sealed class FrameReader(PipeReader pipe)
{
    private byte[] _copy = [];
    private ReadOnlySequence<byte> _unread;
    private HeaderBlock? _header;
    private bool _hasRead;

    /// <summary>Returns the next body if it has arrived completely. It's valid until the next call.</summary>
    /// <returns>False if more data is required.</returns>
    /// <exception cref="BadRpcHeaderException">It's unknown where the next body ends.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> body, out bool isUtf8)
    {
        (body, isUtf8) = (default, true);
        ReturnCopy();
        if (_header is null && TryReadHeader(out var header))
        {
            _header = header;
            _unread = _unread.Slice(header.Length);
        }

        if (_header is not { } known || _unread.Length < known.ContentLength)
            return false;
        _header = null;
        isUtf8 = known.IsUtf8;
        body = Contiguous(_unread.Slice(0, known.ContentLength));
        _unread = _unread.Slice(known.ContentLength);
        return true;
    }

    /// <summary>Waits for more data.</summary>
    /// <returns>False if the stream ended between two messages.</returns>
    /// <exception cref="EndOfStreamException">The stream ended inside a message.</exception>
    public async ValueTask<bool> WaitAsync(CancellationToken cancellationToken)
    {
        if (_hasRead)
            pipe.AdvanceTo(_unread.Start, _unread.End);
        _hasRead = true;
        var result = await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        var hasMore = result.Buffer.Length > _unread.Length;
        _unread = result.Buffer;
        if (hasMore || !result.IsCompleted)
            return true;
        return _header is null && _unread.IsEmpty ? false
            : throw new EndOfStreamException($"the stream ended inside a {(_header is null ? "header block" : "body")}");
    }

    private bool TryReadHeader(out HeaderBlock header)
    {
        if (_unread.IsSingleSegment || _unread.FirstSpan.Length >= HeaderBlock.MaxBytes)
            return HeaderBlock.TryParse(_unread.FirstSpan, out header);
        Span<byte> start = stackalloc byte[(int)Math.Min(_unread.Length, HeaderBlock.MaxBytes)];
        _unread.Slice(0, start.Length).CopyTo(start);
        return HeaderBlock.TryParse(start, out header);
    }

    private ReadOnlyMemory<byte> Contiguous(ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
            return body.First;
        _copy = ArrayPool<byte>.Shared.Rent((int)body.Length);
        body.CopyTo(_copy);
        return _copy.AsMemory(0, (int)body.Length);
    }

    private void ReturnCopy()
    {
        if (_copy.Length == 0)
            return;
        ArrayPool<byte>.Shared.Return(_copy);
        _copy = [];
    }
}
