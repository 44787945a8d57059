using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Server.Hosting;
using Companion.Server.Logging;

namespace Companion.Server.Rpc;

/// <summary>The server process, which ends with its client, whatever it is doing.</summary>
internal sealed class ServerProcess
{
    private readonly TaskCompletionSource _clientGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lifecycle _lifecycle;
    private readonly Connection _rpc;
    private readonly ClientLogger _log;
    private readonly ClientWatch _watch;

    public ServerProcess(Lifecycle lifecycle, Connection rpc, ClientLogger log)
    {
        (_lifecycle, _rpc, _log) = (lifecycle, rpc, log);
        _watch = new ClientWatch(() => _clientGone.TrySetResult(), () => lifecycle.ExitCode);
    }

    /// <summary>Watches the client's process from now on, even if opening the session takes long.</summary>
    public void OnInitializing(InitializeParams request)
    {
        if (request.ProcessId is { } processId)
            _watch.Add(processId);
    }

    /// <summary>Sends the log to the client from now on.</summary>
    public void OnInitialized(InitializeParams request)
    {
        _log.SetTrace(request.Trace);
        _log.Open();
    }

    /// <summary>Serves until the client sends <c>exit</c>, closes the connection, or is gone.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(int? clientProcessId)
    {
        if (clientProcessId is { } processId)
            _watch.Add(processId);
        _watch.Start();
        _rpc.StartListening();
        var ended = await Task.WhenAny(_rpc.Completion, _lifecycle.Exited, _clientGone.Task).ConfigureAwait(false);
        if (ended is { IsFaulted: true, Exception.InnerException: { } reason })
            ServerLog.ConnectionBroke(_log, reason);
        _rpc.Dispose();
        await _rpc.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // unsent messages have one second
        return _lifecycle.ExitCode;
    }
}
