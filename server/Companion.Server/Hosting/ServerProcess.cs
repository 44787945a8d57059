using Companion.Protocol;

namespace Companion.Server.Hosting;

/// <summary>The life of the process: it ends with the client, whatever it is doing.</summary>
/// <param name="lifecycle">What the client said of the end.</param>
/// <param name="rpc">The connection.</param>
/// <param name="log">The log.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerProcess(Lifecycle lifecycle, JsonRpc.JsonRpc rpc, ClientLogger log, TimeProvider time)
{
    private readonly TaskCompletionSource _clientGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<int> _watched = [];

    /// <summary>The session is open: the client hears the log, and its process is watched.</summary>
    /// <param name="request">What the client said.</param>
    public void OnInitialized(InitializeParams request)
    {
        log.SetTrace(request.Trace);
        log.Open();
        if (request.ProcessId is { } processId)
            Watch(processId);
    }

    /// <summary>Serves until the client says <c>exit</c>, closes the connection or is gone.</summary>
    /// <param name="clientProcessId">The client's process id from the command line, if it said one.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(int? clientProcessId)
    {
        rpc.Diagnostic = d => ServerLog.Protocol(log, d.Method ?? "a message", d.Detail, d.Exception);
        if (clientProcessId is { } processId)
            Watch(processId);
        rpc.StartListening();
        var ended = await Task.WhenAny(rpc.Completion, lifecycle.Exited, _clientGone.Task).ConfigureAwait(false);
        if (ended is { IsFaulted: true, Exception.InnerException: { } reason })
            ServerLog.ConnectionBroke(log, reason);
        return lifecycle.ExitCode;
    }

    private void Watch(int processId)
    {
        if (_watched.Add(processId)) // the command line and initialize mostly say the same
            _ = WatchAsync(processId);
    }

    private async Task WatchAsync(int processId)
    {
        await ClientProcess.GoneAsync(processId, time).ConfigureAwait(false);
        _clientGone.TrySetResult();
    }
}
