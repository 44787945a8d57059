using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>
/// One end of a JSON-RPC 2.0 connection. Handlers start in the order of arrival, each on the reader's thread up to its first
/// wait, so they do not block; from there on they run concurrently. The names are those of StreamJsonRpc.
/// </summary>
public sealed partial class JsonRpc : IAsyncDisposable
{
    private readonly IJsonRpcMessageHandler _handler;
    private readonly List<RpcMethod> _methods = [];
    private readonly IncomingCalls _incoming;
    private readonly OutgoingCalls _outgoing = new();
    private readonly CancellationTokenSource _lifetime = new();
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isListening;
    private int _hasEnded;

    /// <summary>Makes a connection that does nothing before <see cref="StartListening"/>.</summary>
    /// <param name="messageHandler">Divides the streams into messages. Disposed of when the connection ends.</param>
    public JsonRpc(IJsonRpcMessageHandler messageHandler)
    {
        _handler = messageHandler;
        _incoming = new IncomingCalls(this);
    }

    /// <summary>Raised once, when the connection has ended and before <see cref="Completion"/> ends.</summary>
    public event EventHandler<JsonRpcDisconnectedEventArgs>? Disconnected;

    /// <summary>Ends with the connection: succeeds where one side closed it, else faults with what broke it.</summary>
    public Task Completion => _completion.Task;

    /// <summary>
    /// Asked with the method's name and whether it is a notification, before the method is looked up. What it returns is the
    /// answer; a notification is then ignored. Replies and <c>$/cancelRequest</c> are not asked for.
    /// </summary>
    public Func<string, bool, LocalRpcException?>? Gate { get; set; }

    /// <summary>Told what no reply tells. Called on any thread, also on several at once; does not block.</summary>
    public Action<JsonRpcDiagnostic>? Diagnostic { get; set; }

    /// <summary>Told of each message that comes in or goes out. Called on any thread, also on several at once; neither blocks nor throws.</summary>
    public Action<JsonRpcTraffic>? Traffic { get; set; }

    /// <summary>Requests that run at once, at least 1. Further ones wait, and reading goes on.</summary>
    public int MaxConcurrentRequests { get; set; } = 1024;

    /// <summary>Requests that wait. A further one is answered -32000 at once.</summary>
    public int MaxQueuedRequests { get; set; } = 1024;

    /// <summary>Bytes of the messages that wait. A request beyond it is answered -32000 at once.</summary>
    public int MaxQueuedBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Adds a request that has a result.</summary>
    /// <param name="rpcMethodName">Its name on the wire.</param>
    /// <param name="handler">Runs it. The token is cancelled by <c>$/cancelRequest</c> and when the connection ends.</param>
    /// <param name="paramsType">Gives the metadata of its params object, when they come. Absent params are bound as <c>{}</c>.</param>
    /// <param name="resultType">Gives the metadata of its result.</param>
    /// <exception cref="InvalidOperationException">Listening has started.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddLocalRpcMethod<TParams, TResult>(
        string rpcMethodName,
        Func<TParams, CancellationToken, Task<TResult>> handler,
        Func<JsonTypeInfo<TParams>> paramsType,
        Func<JsonTypeInfo<TResult>> resultType) =>
        Add(new RpcMethod<TParams, TResult>(rpcMethodName, handler, paramsType, resultType));

    /// <summary>Adds a notification, or a request that is answered with null.</summary>
    /// <param name="rpcMethodName">Its name on the wire.</param>
    /// <param name="handler">Runs it. A notification's token is cancelled when the connection ends.</param>
    /// <param name="paramsType">Gives the metadata of its params object, when they come. Absent params are bound as <c>{}</c>.</param>
    /// <exception cref="InvalidOperationException">Listening has started.</exception>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddLocalRpcMethod<TParams>(
        string rpcMethodName, Func<TParams, CancellationToken, Task> handler, Func<JsonTypeInfo<TParams>> paramsType) =>
        Add(new RpcMethod<TParams>(rpcMethodName, handler, paramsType));

    /// <summary>Starts to read, on a thread of its own: where a read blocks, it is not one of the pool's that does.</summary>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public void StartListening()
    {
        if (Interlocked.Exchange(ref _isListening, 1) != 0)
            throw new InvalidOperationException("The connection listens already.");
        StartReading();
    }

    /// <summary>Ends the connection. Calls of ours fail, handlers are cancelled, and what is unsent has one second.</summary>
    public async ValueTask DisposeAsync()
    {
        End(DisconnectedReason.LocallyDisposed, "this side closed it");
        await _closed.Task.ConfigureAwait(false);
    }

    /// <summary>Cancels without running foreign callbacks on this thread.</summary>
    internal void Cancel(CancellationTokenSource source) =>
        _ = ObserveAsync(source.CancelAsync(), e => Report(null, "a cancellation callback failed", e));

    private static async Task ObserveAsync(Task task, Action<Exception> fail)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            fail(e);
        }
    }

    private void Add(RpcMethod method)
    {
        if (Volatile.Read(ref _isListening) != 0)
            throw new InvalidOperationException("Methods are added before listening starts.");
        if (_methods.Exists(known => known.Name == method.Name))
            throw new ArgumentException("There is a method of this name.", nameof(method));
        _methods.Add(method);
    }

    private void End(DisconnectedReason reason, string description, Exception? exception = null)
    {
        if (Interlocked.Exchange(ref _hasEnded, 1) != 0)
            return;
        _incoming.End();
        Cancel(_lifetime);
        _outgoing.End(() => new ConnectionLostException($"The connection has ended: {description}.", exception));
        _ = CloseAsync();
        try
        {
            Disconnected?.Invoke(this, new() { Reason = reason, Description = description, Exception = exception });
        }
        catch (Exception e)
        {
            Report(null, "a handler of Disconnected failed", e);
        }

        if (exception is null)
            _completion.SetResult();
        else
            _completion.SetException(exception);
    }

    private async Task CloseAsync()
    {
        var disposal = _handler.DisposeAsync().AsTask();
        await ObserveAsync(disposal, e => Report(null, "closing the streams failed", e)).ConfigureAwait(false);
        _closed.SetResult();
    }

    private void Report(string? method, string detail, Exception? exception = null)
    {
        try
        {
            Diagnostic?.Invoke(new JsonRpcDiagnostic(Short(method), detail, exception));
        }
        catch (Exception)
        {
            Diagnostic = null; // a log that fails must not end the connection, and is not asked again
        }
    }

    private void Record(bool isIncoming, JsonRpcMessageKind kind, string? method, int bytes, int errorCode = 0) =>
        Traffic?.Invoke(new JsonRpcTraffic(isIncoming, kind, Short(method), bytes, errorCode));

    private static string? Short(string? name) => name?.Length > MaxNameLength ? name[..MaxNameLength] : name;
}
