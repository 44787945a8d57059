using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>A description of an environment by the gateway.</summary>
/// <param name="Asked">When the read was sent, as a monotonic timestamp. Later events may be missing from it.</param>
internal sealed record Observation(EnvironmentInfo Environment, long Asked);
