using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Server.Rpc;
using Companion.Server.Sessions;
using Nerdbank.Streams;
using StreamJsonRpc;

namespace Companion.Server.InProcess;

/// <summary>
/// The server for a client in the same process: the command line, and agents. They use the same methods and messages as every other client.
/// </summary>
internal sealed class InProcessServer : INotifications, IServerCalls, IAsyncDisposable
{
    private readonly RpcServer _server;
    private readonly Connection _client;
    private readonly ICompanionServer _proxy;
    private readonly ConcurrentDictionary<string, Action<WorkDoneProgress>> _progress = new(StringComparer.Ordinal);
    private int _tokens;

    /// <summary>Starts the server, without a session.</summary>
    public InProcessServer(ServerParts parts)
    {
        var (here, there) = FullDuplexStream.CreatePair();
        _server = new RpcServer(there, there, parts);
        _client = new Connection(new MessageHandler(here, here, ClientJson.Default.Options));
        _client.AddTarget<INotifications>(this);
        // As its base class: for other types, the analyzers don't know that the proxy is generated.
        _proxy = ((StreamJsonRpc.JsonRpc)_client).Attach<ICompanionServer>();
        _server.Connection.StartListening();
        _client.StartListening();
    }

    /// <summary>Called for each state of an environment.</summary>
    public Action<EnvironmentChangedParams>? OnEnvironmentChanged { get; set; }

    /// <summary>Called before a connection ends.</summary>
    public Action<LeaseEndingParams>? OnLeaseEnding { get; set; }

    /// <summary>Called for each line of the log.</summary>
    public Action<LogMessageParams>? OnLogMessage { get; set; }

    /// <inheritdoc/>
    public async Task<T> CallAsync<T>(Func<ICompanionServer, Task<T>> call)
    {
        try
        {
            return await call(_proxy).ConfigureAwait(false);
        }
        catch (RemoteInvocationException e)
        {
            throw ServerException.From(e);
        }
    }

    /// <inheritdoc/>
    public async Task<T> ChangeAsync<T>(Func<ICompanionServer, JsonElement, Task<T>> call, Action<WorkDoneProgress> onProgress)
    {
        var token = Interlocked.Increment(ref _tokens).ToString(CultureInfo.InvariantCulture);
        _progress[token] = onProgress;
        try
        {
            using var json = JsonDocument.Parse(token);
            return await CallAsync(server => call(server, json.RootElement)).ConfigureAwait(false);
        }
        finally
        {
            _progress.TryRemove(token, out _);
        }
    }

    /// <inheritdoc/>
    void INotifications.EnvironmentChanged(EnvironmentChangedParams request) => OnEnvironmentChanged?.Invoke(request);

    /// <inheritdoc/>
    void INotifications.LeaseEnding(LeaseEndingParams request) => OnLeaseEnding?.Invoke(request);

    /// <inheritdoc/>
    void INotifications.LogMessage(LogMessageParams request) => OnLogMessage?.Invoke(request);

    /// <inheritdoc/>
    void INotifications.Progress(IncomingProgress request)
    {
        if (_progress.TryGetValue(request.Token.GetRawText(), out var onProgress))
            onProgress(request.Value.Deserialize(ClientJson.Default.WorkDoneProgress)!);
    }

    /// <summary>Ends the session.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _proxy.ShutdownAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (RemoteInvocationException)
        {
            // the session was never opened
        }

        _client.Dispose();
        _server.Connection.Dispose();
        _server.Dispose();
    }
}
