using Companion.Server.Pacing;

namespace Companion.Simulation.Mutants;

/// <summary>Ignores the gateway's rate limits.</summary>
internal sealed class DeafRateLimiter(TimeProvider time) : RequestRateLimiter(time)
{
    public override void OnTooManyRequests()
    {
    }

    public override void OnRetryAfter(TimeSpan wait)
    {
    }
}
