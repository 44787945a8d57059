using System.Collections.Concurrent;
using Companion.Protocol;

namespace Companion.Server.Cli.Commands;

/// <summary>Waits for the ends of connections, which the server in this process keeps. Other processes can move or clear them meanwhile.</summary>
internal sealed class EndWaiter
{
    private readonly ConcurrentDictionary<(string AccountId, string EnvironmentId), TaskCompletionSource<EnvironmentInfo>> _over = new();
    private readonly Action<EnvironmentInfo> _moved;

    /// <summary>Listens to the server from now on.</summary>
    /// <param name="moved">Called with an environment whose end isn't over.</param>
    public EndWaiter(Invocation invocation, Action<EnvironmentInfo> moved)
    {
        _moved = moved;
        invocation.Server.OnEnvironmentChanged = Observe;
    }

    /// <summary>Waits until the environment's connection has no end any more that is kept.</summary>
    /// <returns>The environment as it's then.</returns>
    public Task<EnvironmentInfo> WaitAsync(EnvironmentInfo environment, CancellationToken cancellationToken) =>
        Of(environment).Task.WaitAsync(cancellationToken);

    private void Observe(EnvironmentChangedParams changed)
    {
        if (changed.Environment is not { } seen)
            return;
        if (seen.Lease is { KeptBy.Count: > 0 })
            _moved(seen);
        else if (seen.State is not (EnvironmentStates.Disconnecting or EnvironmentStates.Reconnecting))
            Of(seen).TrySetResult(seen);
    }

    private TaskCompletionSource<EnvironmentInfo> Of(EnvironmentInfo environment) => _over.GetOrAdd(
        (environment.AccountId, environment.EnvironmentId), static _ => new TaskCompletionSource<EnvironmentInfo>(TaskCreationOptions.RunContinuationsAsynchronously));
}
