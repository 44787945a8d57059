using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Server.Changes;
using Companion.Server.Pacing;

namespace Companion.Server.Environments;

/// <summary>
/// Reads one environment and publishes the result of each attempt, whoever it's for. Only this class decides that an environment no longer
/// exists.
/// </summary>
/// <param name="gateway">Reads once, because each failed attempt is published.</param>
/// <param name="retry">Retries reads. Null to try only once.</param>
internal sealed class EnvironmentReader(IGateway gateway, EnvironmentChangePublisher publisher, TimeProvider time, IReadRetry? retry = null)
{
    /// <summary>How long to wait before confirming a "not found": a single one may be a stray response.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(3);

    /// <summary>Reads an environment.</summary>
    /// <exception cref="GatewayException">
    /// The gateway didn't describe it. If <see cref="RetryRules.IsGone"/> is true, two reads agree that the environment doesn't exist.
    /// </exception>
    public async Task<Observation> GetAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (RetryRules.IsGone(fault))
        {
            await time.WaitAsync(SecondLook, cancellationToken).ConfigureAwait(false);
        }

        var asked = time.GetTimestamp();
        try
        {
            return await LookAsync(key, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (RetryRules.IsGone(fault))
        {
            if (publisher.Gone(key, asked, fault) is { } newer)
                return newer;
            throw;
        }
    }

    private async Task<Observation> LookAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var environment = await AskAsync(key, cancellationToken).ConfigureAwait(false);
            var seen = new Observation(ResourceMapper.Of(environment, key, time.GetUtcNow()), environment.RequestedAt);
            var newest = publisher.Seen(key, seen);

            // Responses that overlapped and differ: either may be the newer one, so read again.
            if (newest.Asked <= seen.Asked || Change.IsSame(newest.Environment, seen.Environment))
                return newest;
        }
    }

    private Task<GatewayEnvironment> AskAsync(EnvironmentKey key, CancellationToken cancellationToken) => retry is null
        ? AskOnceAsync(key, cancellationToken)
        : retry.ExecuteAsync(token => AskOnceAsync(key, token), cancellationToken);

    private async Task<GatewayEnvironment> AskOnceAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        try
        {
            return await gateway.GetEnvironmentAsync(key.AccountId, key.EnvironmentId, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (!RetryRules.IsGone(fault) && !cancellationToken.IsCancellationRequested)
        {
            publisher.NotSeen(key, asked, fault);
            throw;
        }
    }
}
