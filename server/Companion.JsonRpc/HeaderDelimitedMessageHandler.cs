using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Companion.JsonRpc;

/// <summary>
/// The LSP base protocol: each body is preceded by header lines, of which Content-Length counts. Names are taken in any case, and
/// unknown headers are skipped. Bodies are handed out in place, so they lie in one piece in a buffer that grows and shrinks.
/// </summary>
/// <param name="sendingStream">Where frames go, such as standard output. Disposed of with this.</param>
/// <param name="receivingStream">Where frames come from, such as standard input. Disposed of with this.</param>
public sealed class HeaderDelimitedMessageHandler(Stream sendingStream, Stream receivingStream) : IJsonRpcMessageHandler
{
    /// <summary>Bytes that a header block may have, with the empty line that ends it.</summary>
    public const int MaxHeaderBytes = 8 * 1024;

    /// <summary>Bytes that a received body may have.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private const int ReadBytes = 32 * 1024;

    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _readingEnd = new();
    private readonly CancellationTokenSource _sendingEnd = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _output = new();
    private LentBuffer _unsent = new();
    private LentBuffer _sending = new();

    private int _unsentBytes;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private HeaderBlock? _header;

    /// <summary>Frames over two pipes.</summary>
    /// <param name="writer">Where frames go. Completed with this.</param>
    /// <param name="reader">Where frames come from. Completed with this.</param>
    public HeaderDelimitedMessageHandler(PipeWriter writer, PipeReader reader)
        : this(writer.AsStream(), reader.AsStream())
    {
    }

    /// <summary>The clock for the second that disposal grants to what is unsent.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public int UnsentBytes => Volatile.Read(ref _unsentBytes);

    /// <inheritdoc/>
    public bool TryRead(out ReadOnlySpan<byte> body)
    {
        body = default;
        if (!HasBody())
            return false;
        var header = _header!.Value;
        _header = null;
        body = _buffer.AsSpan(_start, header.ContentLength);
        _start += header.ContentLength;
        return header.IsUtf8 ? true : throw new NotSupportedException("the body is in a character set other than UTF-8");
    }

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> WaitToReadAsync()
    {
        while (!HasBody())
        {
            MakeRoom();
            int count;
            try
            {
                count = await receivingStream.ReadAsync(_buffer.AsMemory(_end), _readingEnd.Token).ConfigureAwait(false);
            }
            catch (Exception) when (_readingEnd.IsCancellationRequested)
            {
                return false;
            }

            if (count == 0)
            {
                return _header is null && _start == _end ? false
                    : throw new EndOfStreamException($"the stream ended inside a {(_header is null ? "header block" : "body")}");
            }

            _end += count;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Write(in ReadOnlySequence<byte> body)
    {
        lock (_output)
        {
            _unsent.Write("Content-Length: "u8);
            body.Length.TryFormat(_unsent.GetSpan(16), out var digits, default, CultureInfo.InvariantCulture);
            _unsent.Advance(digits);
            _unsent.Write("\r\n\r\n"u8);
            foreach (var piece in body)
                _unsent.Write(piece.Span);
            _unsentBytes = _unsent.WrittenCount + _sending.WrittenCount;
        }
    }

    /// <inheritdoc/>
    public async Task FlushAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        var isWriting = false;
        try
        {
            lock (_output)
            {
                if (_unsent.WrittenCount == 0)
                    return; // the one before took it along
                (_sending, _unsent) = (_unsent, _sending);
            }

            isWriting = true;
            foreach (var piece in _sending.Written)
                await sendingStream.WriteAsync(piece, _sendingEnd.Token).ConfigureAwait(false);
            await sendingStream.FlushAsync(_sendingEnd.Token).ConfigureAwait(false);
            isWriting = false;
        }
        finally
        {
            lock (_output)
            {
                if (isWriting)
                    _sending = new LentBuffer(); // the write was given up, and may still read the other one
                else
                    _sending.Clear();
                _unsentBytes = _unsent.WrittenCount;
            }

            _turn.Release();
        }
    }

    /// <summary>Ends reading, grants one second to what is unsent, and disposes of both streams.</summary>
    public async ValueTask DisposeAsync()
    {
        await _readingEnd.CancelAsync().ConfigureAwait(false);
        await FlushAsync().WaitAsync(FarewellTime, TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _sendingEnd.CancelAsync().ConfigureAwait(false);
        await receivingStream.DisposeAsync().ConfigureAwait(false);
        await sendingStream.DisposeAsync().ConfigureAwait(false);
    }

    private bool HasBody()
    {
        if (_header is null && HeaderBlock.TryParse(_buffer.AsSpan(_start, _end - _start), out var header))
        {
            _header = header;
            _start += header.Length;
        }

        return _header is { } known && _end - _start >= known.ContentLength;
    }

    /// <summary>Moves what is unread to the front of a buffer with room for as much again, or for the rest of the body.</summary>
    private void MakeRoom()
    {
        var unread = _end - _start;
        var size = Math.Max(ReadBytes, Math.Min(unread * 2, _header?.ContentLength ?? 0));
        if (_start == 0 && _buffer.Length >= size && _buffer.Length <= 2 * size)
            return;
        var before = _buffer;
        if (size > before.Length || before.Length > 2 * size)
            _buffer = ArrayPool<byte>.Shared.Rent(size);
        before.AsSpan(_start, unread).CopyTo(_buffer);
        (_start, _end) = (0, unread);
        if (before.Length > 0 && before != _buffer)
            ArrayPool<byte>.Shared.Return(before);
    }
}
