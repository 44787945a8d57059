using Companion.Gateway;
using Companion.Gateway.Resources;

namespace Companion.Sandbox;

/// <summary>What a connection of the sandbox is.</summary>
/// <param name="NumRanks">The number of ranks, 1 or more.</param>
/// <param name="Role">The ARN of the role. Empty for the node pool's own role.</param>
internal sealed record SandboxConnection(string NodePoolId, int NumRanks = 1, string Role = "", bool UseLocalStorage = false);

/// <summary>What went wrong last.</summary>
internal sealed record SandboxStatus(GoogleRpcCode Code, string Message)
{
    /// <summary>Nothing went wrong.</summary>
    public static SandboxStatus Ok { get; } = new(GoogleRpcCode.Ok, "");
}

/// <summary>
/// One environment and its states. There are no timers: a change under way knows when it ends and how, and whoever looks after
/// that time sees the end.
/// </summary>
internal sealed class SandboxEnvironment
{
    private Change? _change;

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people; empty for none.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>E-mail address of its creator.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Whether others of the account may use it.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether every snapshot of it fails.</summary>
    public bool SnapshotFails { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When its state changed last.</summary>
    public required DateTimeOffset UpdateTime { get; set; }

    /// <summary>Its state.</summary>
    public string State { get; set; } = GatewayStates.Disconnected;

    /// <summary>What went wrong last.</summary>
    public SandboxStatus Status { get; set; } = SandboxStatus.Ok;

    /// <summary>Its present connection, or its last one.</summary>
    public SandboxConnection? Connection { get; set; }

    /// <summary>The last zone that it was connected to; empty where it never was.</summary>
    public string Zone { get; set; } = "";

    /// <summary>Whether it has been deleted.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Lets the time pass.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (_change is not { } change || now < change.EndsAt)
            return;
        _change = null;
        State = change.State;
        Status = change.Status;
        Zone = change.Zone ?? Zone;
        UpdateTime = change.EndsAt;
        IsGone = change.Deletes;
    }

    /// <summary>The ranks of a node pool that it uses, or is about to use.</summary>
    public int RanksIn(string nodePoolId)
    {
        var holds = State switch
        {
            GatewayStates.Connected or GatewayStates.Disconnecting => true,
            GatewayStates.Connecting or GatewayStates.Reconnecting => _change?.State == GatewayStates.Connected,
            _ => false,
        };
        return holds && Connection?.NodePoolId == nodePoolId ? Connection.NumRanks : 0;
    }

    /// <summary>Begins to connect, or to reconnect.</summary>
    /// <param name="failure">How the connect will fail, or null if it will succeed.</param>
    public void BeginConnect(
        SandboxConnection connection, string zone, SandboxStatus? failure, DateTimeOffset now, TimeSpan duration)
    {
        Connection = connection;
        Begin(
            State == GatewayStates.Connected ? GatewayStates.Reconnecting : GatewayStates.Connecting, now,
            failure is null
                ? new Change(now + duration, GatewayStates.Connected, SandboxStatus.Ok, zone)
                : new Change(now + duration, GatewayStates.Disconnected, failure));
    }

    /// <summary>Begins to disconnect.</summary>
    /// <param name="force">Whether to continue if the snapshot fails.</param>
    public void BeginDisconnect(bool force, DateTimeOffset now, TimeSpan duration) =>
        Begin(
            GatewayStates.Disconnecting, now,
            SnapshotFails && !force
                ? new Change(
                    now + duration, GatewayStates.Connected,
                    new SandboxStatus(GoogleRpcCode.Internal, "snapshot failed: the container's file system could not be read"))
                : new Change(now + duration, GatewayStates.Disconnected, SandboxStatus.Ok));

    /// <summary>Makes it one that is being made.</summary>
    public SandboxEnvironment Creating(DateTimeOffset end)
    {
        Begin(GatewayStates.Creating, CreateTime, new Change(end, GatewayStates.Disconnected, SandboxStatus.Ok));
        return this;
    }

    /// <summary>Makes it one that is being deleted.</summary>
    public SandboxEnvironment Deleting(DateTimeOffset start, DateTimeOffset end)
    {
        Begin(GatewayStates.Deleting, start, new Change(end, GatewayStates.Deleting, SandboxStatus.Ok, Deletes: true));
        return this;
    }

    private void Begin(string state, DateTimeOffset now, Change change)
    {
        State = state;
        Status = SandboxStatus.Ok;
        UpdateTime = now;
        _change = change;
    }

    private sealed record Change(DateTimeOffset EndsAt, string State, SandboxStatus Status, string? Zone = null, bool Deletes = false);
}
