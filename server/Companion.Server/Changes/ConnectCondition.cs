using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>What must be true for a connect to be sent some time after it was requested.</summary>
/// <param name="Unchanged">The environment as it must still be.</param>
/// <param name="Before">The latest time, on this machine's clock.</param>
internal sealed record ConnectCondition(EnvironmentInfo Unchanged, DateTimeOffset Before)
{
    /// <summary>True if it's met by an environment that was just read.</summary>
    public bool IsMetBy(EnvironmentInfo now) => now.ObservedAt < Before && Change.IsSame(Unchanged, now);
}
