using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>What the gateway said of an environment.</summary>
/// <param name="Asked">When the read was sent, as a monotonic timestamp. Later events may be missing from it.</param>
internal sealed record Observation(EnvironmentInfo Environment, long Asked);
