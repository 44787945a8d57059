using Companion.JsonRpc;
using Companion.Protocol;

namespace Companion.Server.Hosting;

/// <summary>The life of the process: it ends with the client, whatever it is doing.</summary>
internal sealed class ServerProcess
{
    private readonly TaskCompletionSource _clientGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lifecycle _lifecycle;
    private readonly Connection _rpc;
    private readonly ClientLogger _log;
    private readonly ClientWatch _watch;

    /// <summary>A process that does not serve yet.</summary>
    public ServerProcess(Lifecycle lifecycle, Connection rpc, ClientLogger log)
    {
        (_lifecycle, _rpc, _log) = (lifecycle, rpc, log);
        _watch = new ClientWatch(() => _clientGone.TrySetResult(), () => lifecycle.ExitCode);
    }

    /// <summary>The client opens the session: its process is watched from here on, even if opening takes long.</summary>
    public void OnInitializing(InitializeParams request)
    {
        if (request.ProcessId is { } processId)
            _watch.Add(processId);
    }

    /// <summary>The session is open: the client gets the log.</summary>
    public void OnInitialized(InitializeParams request)
    {
        _log.SetTrace(request.Trace);
        _log.Open();
    }

    /// <summary>Serves until the client sends <c>exit</c>, closes the connection or is gone.</summary>
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
        await _rpc.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what is unsent has one second
        return _lifecycle.ExitCode;
    }
}
