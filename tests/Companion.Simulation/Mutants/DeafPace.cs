using Companion.Server.Environments;

namespace Companion.Simulation.Mutants;

/// <summary>Does not hear what the gateway says of how fast it may be asked.</summary>
/// <param name="time">The clock.</param>
internal sealed class DeafPace(TimeProvider time) : RequestRateLimiter(time)
{
    public override void OnTooManyRequests()
    {
    }

    public override void OnRetryAfter(TimeSpan wait)
    {
    }
}
