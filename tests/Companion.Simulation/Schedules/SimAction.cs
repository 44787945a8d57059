using System.Globalization;
using Companion.Protocol;

namespace Companion.Simulation.Schedules;

/// <summary>One thing that somebody does.</summary>
/// <param name="AtMs">When, in milliseconds since the beginning.</param>
internal abstract record SimAction(int AtMs)
{
    /// <summary>Its name in the statistics.</summary>
    public string Name => GetType().Name;

    /// <summary>When it is over, as far as that is known before.</summary>
    public virtual int EndMs => AtMs;
}

/// <summary>Something that a client does.</summary>
/// <param name="AtMs">When.</param>
/// <param name="Process">Which client, from 0.</param>
internal abstract record ClientAction(int AtMs, int Process) : SimAction(AtMs);

/// <summary>A call that can be cancelled.</summary>
/// <param name="AtMs">When.</param>
/// <param name="Process">Which client.</param>
internal abstract record CallAction(int AtMs, int Process) : ClientAction(AtMs, Process)
{
    /// <summary>When the client cancels, in milliseconds since the call; null for never.</summary>
    public int? CancelAfterMs { get; init; }
}

/// <summary>A connect or a disconnect.</summary>
/// <param name="AtMs">When.</param>
/// <param name="Process">Which client.</param>
/// <param name="EnvironmentId">Which environment.</param>
internal abstract record ChangeAction(int AtMs, int Process, string EnvironmentId) : CallAction(AtMs, Process)
{
    /// <summary>When to answer.</summary>
    public Wait Wait { get; init; }

    /// <summary>The timeout in seconds; null for the default.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>What befalls the requests that carry it: the first, the second, and so on; nothing the others.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];
}

internal sealed record ConnectAction(int AtMs, int Process, string EnvironmentId, string NodePoolId, int? Ranks)
    : ChangeAction(AtMs, Process, EnvironmentId);

internal sealed record DisconnectAction(int AtMs, int Process, string EnvironmentId, bool? Force, bool? ResetSnapshots)
    : ChangeAction(AtMs, Process, EnvironmentId);

internal sealed record GetAction(int AtMs, int Process, string EnvironmentId) : CallAction(AtMs, Process);

internal sealed record ListAction(int AtMs, int Process) : CallAction(AtMs, Process);

internal sealed record ListNodePoolsAction(int AtMs, int Process) : CallAction(AtMs, Process);

/// <summary>Watch some environments, or none.</summary>
internal sealed record WatchAction(int AtMs, int Process, IReadOnlyList<string> EnvironmentIds) : CallAction(AtMs, Process);

/// <summary>Sign in, with the key of another account or with a wrong one.</summary>
internal sealed record SignInAction(int AtMs, int Process, SignInKey Key) : CallAction(AtMs, Process);

internal sealed record SignOutAction(int AtMs, int Process) : ClientAction(AtMs, Process);

/// <summary>The server is killed, and started again some time later.</summary>
internal sealed record KillAction(int AtMs, int Process, int RestartAfterMs) : ClientAction(AtMs, Process)
{
    /// <inheritdoc/>
    public override int EndMs => AtMs + RestartAfterMs;
}

/// <summary>Somebody else connects an environment from another machine.</summary>
internal sealed record OtherConnectAction(int AtMs, string EnvironmentId, string NodePoolId, int Ranks) : SimAction(AtMs);

/// <summary>Somebody else disconnects an environment from another machine.</summary>
internal sealed record OtherDisconnectAction(int AtMs, string EnvironmentId, bool Force) : SimAction(AtMs);

/// <summary>The machine sleeps.</summary>
/// <param name="AtMs">From when.</param>
/// <param name="DurationMs">How long.</param>
/// <param name="MonotonicStops">Whether the monotonic clock stands still meanwhile, as on Linux, or goes on, as on Windows.</param>
/// <param name="ConnectionsDie">Whether what was on its way is lost, or is there on waking.</param>
internal sealed record SleepAction(int AtMs, int DurationMs, bool MonotonicStops, bool ConnectionsDie) : SimAction(AtMs)
{
    /// <inheritdoc/>
    public override int EndMs => AtMs + DurationMs;
}

/// <summary>Somebody sets the wall clock.</summary>
internal sealed record WallJumpAction(int AtMs, int ByMs) : SimAction(AtMs);

/// <summary>The keys that a client signs in with.</summary>
internal enum SignInKey
{
    /// <summary>The one that was there before.</summary>
    Main,

    /// <summary>Another account's.</summary>
    Second,

    /// <summary>None that the gateway accepts.</summary>
    Wrong,
}

/// <summary>Which requests a time of bad weather is for.</summary>
internal enum Traffic
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Those that change nothing.</summary>
    Questions,
}

/// <summary>A time in which something befalls each request that is sent.</summary>
/// <param name="FromMs">From when, in milliseconds since the beginning.</param>
/// <param name="ToMs">Until when.</param>
/// <param name="Traffic">Which requests.</param>
/// <param name="Fault">What befalls them.</param>
internal sealed record Weather(int FromMs, int ToMs, Traffic Traffic, Fault Fault)
{
    /// <summary>The weather in a line of a schedule.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{FromMs / 1000.0} s to {ToMs / 1000.0} s, {Traffic}: {Fault}");
}
