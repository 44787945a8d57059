using Companion.Gateway;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>Asks the gateway for one environment, and passes on its answer. This is the one place that decides that an environment is gone.</summary>
internal sealed class EnvironmentReader(IGateway gateway, EnvironmentChangePublisher news, TimeProvider time)
{
    /// <summary>How long after a "not found" the gateway is asked again: one such answer may be a stray one.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(3);

    /// <summary>Asks for an environment.</summary>
    /// <exception cref="GatewayException">
    /// The gateway did not describe it. Where <see cref="RetryRules.IsGone"/> holds, two looks agree that there is no such environment.
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
            news.Gone(key, asked, fault);
            throw;
        }
    }

    private async Task<Observation> LookAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var environment = await gateway.GetEnvironmentAsync(key.AccountId, key.EnvironmentId, cancellationToken).ConfigureAwait(false);
            var seen = new Observation(ResourceMapper.Of(environment, key, time.GetUtcNow()), environment.AskedAt);
            var newest = news.Seen(key, seen);

            // Answers that overtook each other and differ: either may be the newer one, and only another look tells.
            if (newest.Asked <= seen.Asked || Change.IsSame(newest.Environment, seen.Environment))
                return newest;
        }
    }
}
