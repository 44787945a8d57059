using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>What the gateway said of an environment.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Asked">When it was asked, as a timestamp of the monotonic clock: what happened since may not be in it.</param>
internal sealed record Observation(EnvironmentInfo Environment, long Asked);
