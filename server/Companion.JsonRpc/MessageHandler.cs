using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>
/// Reads and writes messages of the LSP base protocol, within limits. Messages that can't be dispatched are answered or ignored here, so that the
/// connection stays open.
/// </summary>
public sealed class MessageHandler : IJsonRpcMessageHandler, Microsoft.IDisposableObservable, Microsoft.VisualStudio.Threading.IAsyncDisposable
{
    private const int MaxNameLength = 128;
    private const int NoThread = -1;

    /// <summary>With more unsent bytes, nothing is read, so a client that doesn't read isn't served.</summary>
    private const int MaxUnsentBytes = 1024 * 1024;

    private readonly JsonSerializerOptions _options;
    private readonly MessageFormatter _formatter;
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer;
    private readonly Stream _receivingStream;
    private readonly List<MethodName> _methods = [new(Connection.CancelRequest, "$/cancelRequest"u8.ToArray())];
    private readonly ConcurrentDictionary<RequestId, string> _openRequests = [];
    private readonly ConcurrentDictionary<RequestId, bool> _pendingCalls = [];
    private int _readingThread = NoThread;
    private bool _hasThread;

    /// <summary>Creates a handler.</summary>
    /// <param name="sendingStream">Where messages are sent, such as standard output. Disposed with this instance.</param>
    /// <param name="receivingStream">Where messages are received from, such as standard input. Disposed with this instance.</param>
    /// <param name="options">Options with the metadata of all params and results.</param>
    public MessageHandler(Stream sendingStream, Stream receivingStream, JsonSerializerOptions options)
    {
        (_options, _receivingStream) = (options, receivingStream);
        _formatter = new MessageFormatter(options);
        _writer = new FrameWriter(sendingStream);
        _reader = new FrameReader(PipeReader.Create(receivingStream, new StreamPipeReaderOptions(bufferSize: 32 * 1024, leaveOpen: true)));
    }

    /// <summary>
    /// Called with the method's name before the method is looked up. A returned error is sent as the response; a notification is ignored. Not
    /// called for responses and <c>$/cancelRequest</c>. Must not throw.
    /// </summary>
    public Func<string, LocalRpcException?>? Gate { get; set; }

    /// <summary>Called for events that no response reports. May be called concurrently on any thread. Must not block or throw.</summary>
    public Action<JsonRpcDiagnostic>? Diagnostic { get; set; }

    /// <summary>Called for each received or sent message. May be called concurrently on any thread. Must not block or throw.</summary>
    public Action<JsonRpcTraffic>? Traffic { get; set; }

    /// <summary>Called when writing to the stream fails.</summary>
    public Action<Exception>? WritingFailed { get; set; }

    /// <inheritdoc/>
    public bool CanRead => true;

    /// <inheritdoc/>
    public bool CanWrite => true;

    /// <inheritdoc/>
    public IJsonRpcMessageFormatter Formatter => _formatter;

    /// <inheritdoc/>
    public bool IsDisposed { get; private set; }

    /// <summary>The number of bytes that haven't been written to the stream.</summary>
    internal long UnsentBytes => _writer.UnsentBytes;

    /// <summary>Adds a method's name. Unknown methods are rejected here.</summary>
    internal void AddMethod(string name) => _methods.Add(new MethodName(name, System.Text.Encoding.UTF8.GetBytes(name)));

    /// <summary>Reads up to the next message to dispatch.</summary>
    public ValueTask<JsonRpcMessage?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_hasThread)
            return ReadCoreAsync(cancellationToken);
        _hasThread = true;
        return new(new ThreadedRead(() => ReadCoreAsync(cancellationToken)), token: 0);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<JsonRpcMessage?> ReadCoreAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                _readingThread = Environment.CurrentManagedThreadId; // what is written on this thread is flushed below
                while (_writer.UnsentBytes <= MaxUnsentBytes && _reader.TryRead(out var body, out var isUtf8))
                {
                    if (Process(body, isUtf8) is { } message)
                        return message;
                }

                _readingThread = NoThread;
                var isFull = _writer.UnsentBytes > MaxUnsentBytes;
                var flush = FlushAsync();
                if (isFull)
                {
                    _hasThread &= flush.IsCompleted; // otherwise, this continues on the thread pool
                    await flush.ConfigureAwait(false);
                    continue;
                }

                if (!await _reader.WaitAsync(cancellationToken).ConfigureAwait(false))
                    return null;
            }
        }
        catch (Exception e) when (e is BadRpcHeaderException or EndOfStreamException)
        {
            _readingThread = NoThread;
            Reject(RequestId.Null, JsonRpcErrorCode.ParseError, $"Parse error: {e.Message}; the connection was closed");
            throw;
        }
    }

    /// <summary>Appends a message without waiting for the stream.</summary>
    public ValueTask WriteAsync(JsonRpcMessage jsonRpcMessage, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        if (jsonRpcMessage is JsonRpcRequest call)
            WriteCall(call);
        else
            WriteResponse(jsonRpcMessage, ((IJsonRpcMessageWithId)jsonRpcMessage).RequestId);
        if (_readingThread != Environment.CurrentManagedThreadId)
            _ = FlushAsync();
        return default;
    }

    /// <summary>Writes unsent messages for at most one second, and disposes both streams.</summary>
    public async Task DisposeAsync()
    {
        if (IsDisposed)
            return;
        IsDisposed = true;
        await _writer.DisposeAsync().ConfigureAwait(false);
        await _receivingStream.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    void IDisposable.Dispose() => _ = DisposeAsync();

    internal void Report(string? method, string detail, Exception? exception = null) =>
        Diagnostic?.Invoke(new JsonRpcDiagnostic(method, detail, exception));

    /// <summary>Returns the message in a body. Null if it has been answered or ignored.</summary>
    private JsonRpcMessage? Process(ReadOnlyMemory<byte> body, bool isUtf8)
    {
        if (!isUtf8 || !Utf8.IsValid(body.Span))
        {
            Reject(RequestId.Null, JsonRpcErrorCode.ParseError, isUtf8
                ? "Parse error: the body isn't UTF-8"
                : "Parse error: the body uses a character set other than UTF-8");
            return null;
        }

        Envelope envelope;
        try
        {
            envelope = Envelope.Parse(body.Span, _methods);
        }
        catch (JsonException)
        {
            const string NotJson = "Parse error: the body isn't JSON, or is nested deeper than";
            Reject(RequestId.Null, JsonRpcErrorCode.ParseError, $"{NotJson} {Envelope.MaxDepth}");
            return null;
        }

        var kind = envelope.IsResponse ? JsonRpcMessageKind.Reply : envelope.Id.IsEmpty ? JsonRpcMessageKind.Notification : JsonRpcMessageKind.Request;
        Traffic?.Invoke(new JsonRpcTraffic(true, kind, IsKnown(envelope.Method) ? envelope.Method : null, body.Length, 0));
        if (envelope.IsResponse)
            return ProcessResponse(envelope, body);
        if (envelope.Fault is { } fault)
        {
            Reject(envelope.Id.IsEmpty ? RequestId.Null : envelope.Id, JsonRpcErrorCode.InvalidRequest, $"Invalid request: {fault}");
            return null;
        }

        return CanDispatch(envelope) ? new IncomingRequest(body[envelope.Params], _options)
        {
            RequestId = envelope.Id,
            Method = envelope.Method,
        } : null;
    }

    private JsonRpcMessage? ProcessResponse(Envelope reply, ReadOnlyMemory<byte> body)
    {
        if (!_pendingCalls.TryRemove(reply.Id, out _))
        {
            Report(null, "ignored: a response without a matching request");
            return null;
        }

        if (!Envelope.IsPresent(reply.Error))
            return new IncomingResult(body[reply.Result].ToArray(), _options) { RequestId = reply.Id };
        var error = IncomingError.Parse(body.Span[reply.Error]);
        error.RequestId = reply.Id;
        return error;
    }

    private bool CanDispatch(Envelope call)
    {
        var (id, name) = (call.Id, call.Method!);
        var isCancel = name == Connection.CancelRequest;
        var rejection = isCancel ? null : Gate?.Invoke(name);
        if (id.IsEmpty)
        {
            if (rejection is not null)
                Report(name, "ignored: not allowed now");
            else if (!IsKnown(name))
                Report(name, "ignored: unknown notification");
            else
                return true;
            return false;
        }

        if (rejection is not null)
            WriteError(id, (JsonRpcErrorCode)rejection.ErrorCode, rejection.Message);
        else if (isCancel || !IsKnown(name))
            WriteError(id, JsonRpcErrorCode.MethodNotFound, $"Method not found{(IsMethodName(name) ? $": {name}" : "")}");
        else if (!_openRequests.TryAdd(id, name))
            WriteError(id, JsonRpcErrorCode.InvalidRequest, "Invalid request: a request with this id is still running");
        else
            return true;
        return false;
    }

    private bool IsKnown(string? name) => _methods.Exists(method => ReferenceEquals(method.Text, name));

    // Other text may be a misplaced secret, so it isn't repeated.
    private static bool IsMethodName(string name) =>
        name.Length <= MaxNameLength && name.All(static c => char.IsAsciiLetter(c) || c is '/' or '$' or '.');

    private void Reject(RequestId id, JsonRpcErrorCode code, string message)
    {
        Report(null, message);
        WriteError(id, code, message);
    }

    private void WriteError(RequestId id, JsonRpcErrorCode code, string message) =>
        Write(new JsonRpcError { RequestId = id, Error = new() { Code = code, Message = message } }, JsonRpcMessageKind.Reply, null, (int)code);

    private void WriteResponse(JsonRpcMessage reply, RequestId id)
    {
        _openRequests.TryRemove(id, out var method); // before the response is sent, because the client may then reuse the ID
        try
        {
            Write(reply, JsonRpcMessageKind.Reply, method, reply is JsonRpcError { Error: { } error } ? (int)error.Code : 0);
        }
        catch (Exception e)
        {
            Report(method, "the response can't be serialized", e);
            WriteError(id, JsonRpcErrorCode.InternalError, Connection.InternalError);
        }
    }

    private void WriteCall(JsonRpcRequest call)
    {
        if (call.IsResponseExpected)
            _pendingCalls.TryAdd(call.RequestId, true);
        Write(call, call.IsResponseExpected ? JsonRpcMessageKind.Request : JsonRpcMessageKind.Notification, call.Method, 0);
    }

    private void Write(JsonRpcMessage message, JsonRpcMessageKind kind, string? method, int errorCode)
    {
        var bytes = _writer.Write(static (state, buffer) => state._formatter.Serialize(buffer, state.message), (_formatter, message));
        Traffic?.Invoke(new JsonRpcTraffic(false, kind, method, bytes, errorCode));
    }

    /// <summary>Writes unsent messages to the stream. A failure ends the connection.</summary>
    internal Task FlushAsync()
    {
        var flush = _writer.FlushAsync();
        return flush.IsCompletedSuccessfully ? flush : ObserveAsync(flush);
    }

    private async Task ObserveAsync(Task flush)
    {
        try
        {
            await flush.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!IsDisposed)
                WritingFailed?.Invoke(e);
        }
    }
}
