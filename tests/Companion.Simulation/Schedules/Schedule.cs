using System.Globalization;
using System.Text;

namespace Companion.Simulation.Schedules;

/// <summary>
/// Everything that happens in one run, as data: the same schedule always gives the same run, and removing parts makes it smaller.
/// </summary>
internal sealed record Schedule
{
    /// <summary>The seed that it was generated from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of servers on the machine, 1 to 3.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Whether the account is given in <c>initialize</c>, or must be determined from the key.</summary>
    public bool AccountIsGiven { get; init; } = true;

    /// <summary>Whether the servers share a folder for persistent data.</summary>
    public bool HasStorage { get; init; } = true;

    /// <summary>Whether the account has the limit of 10 requests a minute.</summary>
    public bool IsRateLimited { get; init; }

    /// <summary>How long a connect takes at the gateway, in milliseconds.</summary>
    public int ConnectMs { get; init; } = 4_000;

    /// <summary>How long a disconnect takes at the gateway, in milliseconds.</summary>
    public int DisconnectMs { get; init; } = 3_000;

    /// <summary>The seed of the latencies, or 0 for 20 ms each way.</summary>
    public ulong Latency { get; init; }

    /// <summary>The actions, in order of time.</summary>
    public IReadOnlyList<SimAction> Actions { get; init; } = [];

    /// <summary>When the network has faults, and which.</summary>
    public IReadOnlyList<Weather> Weather { get; init; } = [];

    /// <summary>The faults of the disconnects at the ends of connections, in order. Further ones have none of their own.</summary>
    public IReadOnlyList<Fault> EndFaults { get; init; } = [];

    /// <summary>When the last of it is over, in milliseconds since the beginning.</summary>
    public int EndMs => Math.Max(
        Actions.Count == 0 ? 0 : Actions.Max(static action => action.EndMs),
        Weather.Count == 0 ? 0 : Weather.Max(static weather => weather.ToMs));

    /// <summary>The schedule as text, with one line per entry.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            seed {Seed}: {Processes} server(s), account {(AccountIsGiven ? "given" : "to be found out")}{(HasStorage ? "" : ", no storage")}{(IsRateLimited ? ", 10 requests a minute" : "")}, connect {ConnectMs / 1000.0} s, disconnect {DisconnectMs / 1000.0} s, latency {(Latency == 0 ? "20 ms" : "drawn")}

            """);
        foreach (var action in Actions)
            text.Append(CultureInfo.InvariantCulture, $"  {action.AtMs / 1000.0,9:0.000} s  {Line(action)}\n");
        foreach (var fault in EndFaults)
            text.Append(CultureInfo.InvariantCulture, $"  at the end of a connection: {fault}\n");
        foreach (var weather in Weather)
            text.Append(CultureInfo.InvariantCulture, $"  weather {weather}\n");
        return text.ToString();
    }

    private static string Line(SimAction action) => action switch
    {
        ConnectAction a => $"server {a.Process}: connect {a.EnvironmentId} to {a.NodePoolId}{(a.Ranks is { } n ? $", {n} ranks" : "")}{(a.Lease is { } end ? $", until {Of(end)}" : "")}{(a.WaitForRoom is { } room ? $", waits {room.Seconds} s for room" : "")}{Of(a)}",
        DisconnectAction a =>
            $"server {a.Process}: disconnect {a.EnvironmentId}{(a.Force == true ? ", force" : "")}{(a.ResetSnapshots == true ? ", reset snapshots" : "")}{Of(a)}",
        SetLeaseAction a => $"server {a.Process}: setLease {a.EnvironmentId} {(a.Lease is { } end ? Of(end) : "none")}{Cancel(a)}",
        GetAction a => $"server {a.Process}: getEnvironment {a.EnvironmentId}{Cancel(a)}",
        ListAction a => $"server {a.Process}: listEnvironments{Cancel(a)}",
        ListNodePoolsAction a => $"server {a.Process}: listNodePools{Cancel(a)}",
        WatchAction a => $"server {a.Process}: watchEnvironments {(a.EnvironmentIds.Count > 0 ? string.Join(' ', a.EnvironmentIds) : "none")}{Cancel(a)}",
        SignInAction a => $"server {a.Process}: signIn with the {a.Key} key{Cancel(a)}",
        SignOutAction a => $"server {a.Process}: signOut",
        KillAction a => $"server {a.Process}: killed, started again {Seconds(a.RestartAfterMs)} later",
        OtherConnectAction a => $"someone else connects {a.EnvironmentId} to {a.NodePoolId}, {a.Ranks} ranks",
        OtherDisconnectAction a => $"someone else disconnects {a.EnvironmentId}{(a.Force ? ", force" : "")}",
        SleepAction a =>
            $"the machine sleeps {Seconds(a.DurationMs)}{(a.MonotonicStops ? ", its monotonic clock stops" : "")}{(a.ConnectionsDie ? ", its connections die" : "")}",
        WallJumpAction a => $"the wall clock jumps by {Seconds(a.ByMs)}",
        _ => action.ToString(),
    };

    private static string Of(ChangeAction a) =>
        $"{(a.Wait == Protocol.Wait.Accepted ? ", until accepted" : "")}{(a.TimeoutSeconds is { } s ? $", timeout {s} s" : "")}{Cancel(a)}{(a.Faults.Count > 0 ? $" [{string.Join("; ", a.Faults)}]" : "")}";

    private static string Of(RequestedEnd end) => end.IsTime ? $"{end.Seconds} s from then" : $"{end.Seconds} s after it's confirmed";

    private static string Cancel(CallAction a) => a.CancelAfterMs is { } ms ? $", cancelled after {Seconds(ms)}" : "";

    private static string Seconds(int ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0} s");
}
