using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>What must be true for a connect to be sent some time after it was requested.</summary>
/// <param name="Unchanged">The environment as it must still be.</param>
/// <param name="IsInTime">Whether it's not too late now.</param>
internal sealed record ConnectCondition(EnvironmentInfo Unchanged, Func<bool> IsInTime)
{
    /// <summary>True if it's met by an environment that was just read.</summary>
    public bool IsMetBy(EnvironmentInfo now) => IsInTime() && Change.IsSame(Unchanged, now);
}
