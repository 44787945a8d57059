using Companion.Gateway;
using Companion.Gateway.Resources;

namespace Companion.Sandbox;

/// <summary>A connection in the sandbox.</summary>
/// <param name="NumRanks">The number of ranks, 1 or more.</param>
/// <param name="Role">The ARN of the role. Empty for the node pool's own role.</param>
internal sealed record SandboxConnection(string NodePoolId, int NumRanks = 1, string Role = "", bool UseLocalStorage = false);

/// <summary>The last error.</summary>
internal sealed record SandboxStatus(GoogleRpcCode Code, string Message)
{
    /// <summary>No error.</summary>
    public static SandboxStatus Ok { get; } = new(GoogleRpcCode.Ok, "");
}

/// <summary>
/// An environment and its states. There are no timers: a change in progress has an end time and a result, which apply to the first request after
/// that time.
/// </summary>
internal sealed class SandboxEnvironment
{
    private Change? _change;

    /// <summary>The ID.</summary>
    public required string Id { get; init; }

    /// <summary>The display name. Empty for none.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The email address of the creator.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Whether other users of the account can use it.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether its snapshots always fail.</summary>
    public bool SnapshotFails { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When its state last changed.</summary>
    public required DateTimeOffset UpdateTime { get; set; }

    /// <summary>The state.</summary>
    public string State { get; set; } = GatewayStates.Disconnected;

    /// <summary>The last error.</summary>
    public SandboxStatus Status { get; set; } = SandboxStatus.Ok;

    /// <summary>The current or last connection.</summary>
    public SandboxConnection? Connection { get; set; }

    /// <summary>The last zone that it was connected to. Empty if it was never connected.</summary>
    public string Zone { get; set; } = "";

    /// <summary>Whether it has been deleted.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Completes a change that has ended by now.</summary>
    public void Advance(DateTimeOffset now)
    {
        if (_change is not { } change || now < change.EndsAt)
            return;
        _change = null;
        State = change.State;
        Status = change.Status;
        Zone = change.Zone ?? Zone;
        UpdateTime = change.EndsAt;
        IsDeleted = change.Deletes;
    }

    /// <summary>Returns the number of ranks that it uses, or is about to use, in a node pool.</summary>
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

    /// <summary>Starts to connect or reconnect.</summary>
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

    /// <summary>Starts to disconnect.</summary>
    /// <param name="force">Whether to continue if the snapshot fails.</param>
    public void BeginDisconnect(bool force, DateTimeOffset now, TimeSpan duration) =>
        Begin(
            GatewayStates.Disconnecting, now,
            SnapshotFails && !force
                ? new Change(
                    now + duration, GatewayStates.Connected,
                    new SandboxStatus(GoogleRpcCode.Internal, "snapshot failed: the container's file system could not be read"))
                : new Change(now + duration, GatewayStates.Disconnected, SandboxStatus.Ok));

    /// <summary>Puts it in the CREATING state.</summary>
    public SandboxEnvironment Creating(DateTimeOffset end)
    {
        Begin(GatewayStates.Creating, CreateTime, new Change(end, GatewayStates.Disconnected, SandboxStatus.Ok));
        return this;
    }

    /// <summary>Puts it in the DELETING state.</summary>
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
