using Companion.Gateway;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>Asks the gateway for one environment, and passes on what it said.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="news">Hears each answer.</param>
/// <param name="time">The clock.</param>
internal sealed class EnvironmentReader(IGateway gateway, EnvironmentNews news, TimeProvider time)
{
    /// <summary>Asks for an environment.</summary>
    /// <param name="key">Which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GatewayException">The gateway did not describe it.</exception>
    public async Task<Observation> GetAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        try
        {
            var environment = await gateway.GetEnvironmentAsync(key.AccountId, key.EnvironmentId, cancellationToken).ConfigureAwait(false);
            return news.Seen(key, new Observation(Descriptions.Of(environment, key, time.GetUtcNow()), environment.AskedAt));
        }
        catch (GatewayException fault) when (Faults.IsGone(fault))
        {
            news.Gone(key, asked, fault);
            throw;
        }
    }
}
