using Companion.Gateway;
using Companion.Protocol;
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
    public async Task<EnvironmentInfo> GetAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        try
        {
            var environment = await gateway.GetEnvironmentAsync(key.AccountId, key.EnvironmentId, cancellationToken).ConfigureAwait(false);
            var seen = Descriptions.Of(environment, key, time.GetUtcNow());
            news.Seen(key, seen);
            return seen;
        }
        catch (GatewayException fault) when (fault is { Kind: FaultKind.Answered, Code: GoogleRpcCode.NotFound })
        {
            news.Gone(key, fault);
            throw;
        }
    }
}
