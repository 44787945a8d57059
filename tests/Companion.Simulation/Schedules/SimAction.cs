using System.Globalization;
using Companion.Protocol;

namespace Companion.Simulation.Schedules;

/// <summary>An action of someone.</summary>
/// <param name="AtMs">When it starts, in milliseconds since the beginning.</param>
internal abstract record SimAction(int AtMs)
{
    /// <summary>The name in the statistics.</summary>
    public string Name => GetType().Name;

    /// <summary>When it's over, if known in advance.</summary>
    public virtual int EndMs => AtMs;
}

/// <summary>An action of a client.</summary>
internal abstract record ClientAction(int AtMs, int Process) : SimAction(AtMs);

/// <summary>A call that can be canceled.</summary>
internal abstract record CallAction(int AtMs, int Process) : ClientAction(AtMs, Process)
{
    /// <summary>When the client cancels, in milliseconds since the call; null for never.</summary>
    public int? CancelAfterMs { get; init; }
}

/// <summary>A connect or a disconnect.</summary>
internal abstract record ChangeAction(int AtMs, int Process, string EnvironmentId) : CallAction(AtMs, Process)
{
    /// <summary>When to respond.</summary>
    public Wait Wait { get; init; }

    /// <summary>The time limit in seconds; null for the default.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>The faults of its requests, in order. Further requests have none.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}

internal sealed record ConnectAction(int AtMs, int Process, string EnvironmentId, string NodePoolId, int? Ranks)
    : ChangeAction(AtMs, Process, EnvironmentId)
{
    /// <summary>When the connection is to end, or null for never.</summary>
    public RequestedEnd? Lease { get; init; }

    /// <summary>How long to wait for room, or null to connect at once.</summary>
    public RequestedEnd? WaitForRoom { get; init; }
}

internal sealed record DisconnectAction(int AtMs, int Process, string EnvironmentId, bool? Force, bool? ResetSnapshots)
    : ChangeAction(AtMs, Process, EnvironmentId);

/// <summary>Sets the end of a connection, or clears it.</summary>
internal sealed record SetLeaseAction(int AtMs, int Process, string EnvironmentId, RequestedEnd? Lease) : CallAction(AtMs, Process);

/// <summary>A requested end of a connection, or of waiting for room.</summary>
/// <param name="Seconds">From the time of the call or, as the duration of a connection, from when the connect is confirmed.</param>
/// <param name="IsTime">Whether it's requested as a time, or as a duration.</param>
internal sealed record RequestedEnd(int Seconds, bool IsTime);

internal sealed record GetAction(int AtMs, int Process, string EnvironmentId) : CallAction(AtMs, Process);

internal sealed record ListAction(int AtMs, int Process) : CallAction(AtMs, Process);

internal sealed record ListNodePoolsAction(int AtMs, int Process) : CallAction(AtMs, Process);

/// <summary>Watches some environments, or none.</summary>
internal sealed record WatchAction(int AtMs, int Process, IReadOnlyList<string> EnvironmentIds) : CallAction(AtMs, Process);

/// <summary>Signs in with another account's key or with an invalid one.</summary>
internal sealed record SignInAction(int AtMs, int Process, SignInKey Key) : CallAction(AtMs, Process);

internal sealed record SignOutAction(int AtMs, int Process) : ClientAction(AtMs, Process);

/// <summary>Kills the server, and starts it again some time later.</summary>
internal sealed record KillAction(int AtMs, int Process, int RestartAfterMs) : ClientAction(AtMs, Process)
{
    /// <inheritdoc/>
    public override int EndMs => AtMs + RestartAfterMs;
}

/// <summary>Someone else connects an environment from another machine.</summary>
internal sealed record OtherConnectAction(int AtMs, string EnvironmentId, string NodePoolId, int Ranks) : SimAction(AtMs);

/// <summary>Someone else disconnects an environment from another machine.</summary>
internal sealed record OtherDisconnectAction(int AtMs, string EnvironmentId, bool Force) : SimAction(AtMs);

/// <summary>The machine sleeps.</summary>
/// <param name="MonotonicStops">Whether the monotonic clock stops meanwhile, as on Linux, or continues, as on Windows.</param>
/// <param name="ConnectionsDie">Whether messages in flight are lost, or arrive on wakeup.</param>
internal sealed record SleepAction(int AtMs, int DurationMs, bool MonotonicStops, bool ConnectionsDie) : SimAction(AtMs)
{
    /// <inheritdoc/>
    public override int EndMs => AtMs + DurationMs;
}

/// <summary>Someone sets the wall clock.</summary>
internal sealed record WallJumpAction(int AtMs, int ByMs) : SimAction(AtMs);

/// <summary>The keys that a client signs in with.</summary>
internal enum SignInKey
{
    /// <summary>The original key.</summary>
    Main,

    /// <summary>Another account's key.</summary>
    Second,

    /// <summary>A key that the gateway rejects.</summary>
    Wrong,
}

/// <summary>Which requests a period of faults affects.</summary>
internal enum Traffic
{
    /// <summary>All requests.</summary>
    All,

    /// <summary>Only reads.</summary>
    Questions,
}

/// <summary>A period in which each request has a fault.</summary>
/// <param name="FromMs">When it starts, in milliseconds since the beginning.</param>
internal sealed record Weather(int FromMs, int ToMs, Traffic Traffic, Fault Fault)
{
    /// <summary>The period in a line of a schedule.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FromMs / 1000.0} s to {ToMs / 1000.0} s, {Traffic}: {Fault}");
}
