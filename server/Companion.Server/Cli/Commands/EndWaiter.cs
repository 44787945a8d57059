using System.Collections.Concurrent;
using Companion.Protocol;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary>Waits for the ends of connections, which the server in this process keeps. Other processes can move or clear them meanwhile.</summary>
internal sealed class EndWaiter
{
    private readonly ConcurrentDictionary<(string AccountId, string EnvironmentId), TaskCompletionSource<EnvironmentInfo>> _over = new();
    private readonly Invocation _invocation;
    private readonly Action<EnvironmentInfo> _moved;

    /// <summary>Listens to the server from now on.</summary>
    /// <param name="moved">Called with an environment whose end isn't over.</param>
    public EndWaiter(Invocation invocation, Action<EnvironmentInfo> moved)
    {
        (_invocation, _moved) = (invocation, moved);
        invocation.Server.OnEnvironmentChanged = Observe;
    }

    /// <summary>Waits until the connection of an environment, which has an end, has none any more that is kept.</summary>
    /// <returns>The environment as it's then.</returns>
    public async Task<EnvironmentInfo> WaitAsync(EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        var over = _over.GetOrAdd(KeyOf(environment), static _ => new TaskCompletionSource<EnvironmentInfo>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _invocation.ReadEnvironmentAsync(environment.EnvironmentId, environment.AccountId, cancellationToken).ConfigureAwait(false); // it may be over already
        }
        catch (ServerException)
        {
            // the keeper asks again
        }

        return await over.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Observe(EnvironmentChangedParams changed)
    {
        if (changed.Environment is not { } seen)
            return;
        if (seen.Lease is { KeptBy.Count: > 0 })
            _moved(seen);
        else if (seen.State is not (EnvironmentStates.Disconnecting or EnvironmentStates.Reconnecting))
            _over.GetValueOrDefault(KeyOf(seen))?.TrySetResult(seen);
    }

    private static (string AccountId, string EnvironmentId) KeyOf(EnvironmentInfo environment) => (environment.AccountId, environment.EnvironmentId);
}
