using Companion.Server.Errors;

namespace Companion.Server.Rpc;

/// <summary>LSP's lifecycle: which methods may be called when, and how the process ends.</summary>
internal sealed class Lifecycle
{
    private const int ServerNotInitialized = -32002;
    private const int InvalidRequest = -32600;

    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Stage _stage;

    private enum Stage
    {
        New,
        Running,
        ShutDown,
    }

    /// <summary>Completes when the client sends <c>exit</c>.</summary>
    public Task Exited => _exit.Task;

    /// <summary>0 after <c>shutdown</c>, otherwise 1.</summary>
    public int ExitCode => _stage == Stage.ShutDown ? 0 : 1;

    /// <summary>The error if a method may not be called now, or null.</summary>
    public MethodException? Refuse(string method) => (_stage, method) switch
    {
        (_, "exit") => null,
        (Stage.New, "initialize") => null,
        (Stage.New, _) => new MethodException(ServerNotInitialized, "The session isn't open. Call initialize first."),
        (Stage.Running, "initialize") => new MethodException(InvalidRequest, "The session is already open."),
        (Stage.Running, _) => null,
        _ => new MethodException(InvalidRequest, "The session has been shut down. Only exit is allowed."),
    };

    public void Open() => _stage = Stage.Running;

    public void ShutDown() => _stage = Stage.ShutDown;

    public void Exit() => _exit.TrySetResult();
}
