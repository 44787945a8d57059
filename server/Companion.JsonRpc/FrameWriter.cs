using System.Buffers;
using System.Globalization;
using Nerdbank.Streams;

namespace Companion.JsonRpc;

/// <summary>Writes messages of the LSP base protocol. Messages that are added during a write are written together afterwards.</summary>
internal sealed class FrameWriter(Stream stream) : IAsyncDisposable
{
    private const int ChunkBytes = 64 * 1024;

    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly SemaphoreSlim _writeLock = new(1, 1);
    private readonly Lock _lock = new();
    private Sequence<byte> _body = CreateBuffer();
    private List<Sequence<byte>> _unsent = [CreateBuffer()];
    private List<Sequence<byte>> _sending = [CreateBuffer()];
    private long _unsentBytes;

    /// <summary>The clock for the time limit of one second when disposing.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The number of bytes that haven't been written to the stream.</summary>
    public long UnsentBytes => Volatile.Read(ref _unsentBytes);

    /// <summary>Appends a message.</summary>
    /// <param name="serialize">Writes the body. If it throws, nothing is sent.</param>
    /// <returns>The length of the body in bytes.</returns>
    public int Write<T>(Action<T, IBufferWriter<byte>> serialize, T state)
    {
        lock (_lock)
        {
            try
            {
                serialize(state, _body);
                var body = _body.AsReadOnlySequence;
                var last = _unsent[^1];
                var before = last.Length;
                last.Write("Content-Length: "u8);
                body.Length.TryFormat(last.GetSpan(16), out var digits, default, CultureInfo.InvariantCulture);
                last.Advance(digits);
                last.Write("\r\n\r\n"u8);
                _unsentBytes += last.Length - before + body.Length;
                if (body.Length > ChunkBytes)
                {
                    _unsent.Add(_body); // a large body isn't copied
                    _unsent.Add(CreateBuffer());
                    _body = CreateBuffer();
                }
                else
                {
                    foreach (var chunk in body)
                        last.Write(chunk.Span);
                }

                return (int)body.Length;
            }
            finally
            {
                _body.Reset();
            }
        }
    }

    /// <summary>Writes unsent messages to the stream.</summary>
    public async Task FlushAsync()
    {
        if (UnsentBytes == 0)
            return;
        await _writeLock.WaitAsync().ConfigureAwait(false);
        var isDone = false;
        var sent = 0L;
        try
        {
            lock (_lock)
            {
                sent = _unsent.Sum(static buffer => buffer.Length);
                if (sent == 0)
                    return; // already sent by the previous flush
                (_sending, _unsent) = (_unsent, _sending);
            }

            foreach (var buffer in _sending)
            {
                foreach (var chunk in buffer.AsReadOnlySequence)
                    await stream.WriteAsync(chunk, _end.Token).ConfigureAwait(false);
                if (buffer != _sending[0])
                    buffer.Reset(); // frees its memory for the next large body
            }

            await stream.FlushAsync(_end.Token).ConfigureAwait(false);
            isDone = true;
        }
        finally
        {
            lock (_lock)
            {
                if (isDone)
                {
                    _sending[0].Reset();
                    _sending.RemoveRange(1, _sending.Count - 1);
                }
                else if (sent > 0)
                {
                    _sending = [CreateBuffer()]; // the stream may still be reading the other buffer
                }

                _unsentBytes -= sent;
            }

            _writeLock.Release();
        }
    }

    /// <summary>Writes unsent messages for at most one second, and disposes the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        await FlushAsync().WaitAsync(DisposeTimeout, TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _end.CancelAsync().ConfigureAwait(false);
        await stream.DisposeAsync().ConfigureAwait(false);
    }

    // Collects many short messages in a single chunk, which is written at once.
    private static Sequence<byte> CreateBuffer() => new(ArrayPool<byte>.Shared) { MinimumSpanLength = ChunkBytes };
}
