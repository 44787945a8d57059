using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>Parameters of <c>planConnect</c>.</summary>
public sealed record PlanConnectParams
{
    /// <summary>The environment's id.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public required string EnvironmentId { get; init; }

    /// <summary>The account that owns the environment. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The node pool and how to use it.</summary>
    public required ConnectionParams Connection { get; init; }

    /// <summary>
    /// What an earlier <c>planConnect</c> of this environment returned, if the user then connected it. These risks aren't reported again
    /// while they stay the same. Default: none.
    /// </summary>
    public AcceptedRisks? AcceptedRisks { get; init; }
}

/// <summary>Result of <c>planConnect</c>: the next step of a connect, and why.</summary>
public sealed record ConnectPlan
{
    /// <summary>The environment as the gateway describes it now.</summary>
    public required EnvironmentInfo Environment { get; init; }

    /// <summary>What to do next.</summary>
    [KnownValues(PlanSteps.Connect, PlanSteps.Confirm, PlanSteps.Choose, PlanSteps.Nothing)]
    public required string NextStep { get; init; }

    /// <summary>Why this connection isn't possible, in a sentence or two. Only with <c>choose</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What the user must confirm first, the worst first. Empty unless the next step is <c>confirm</c>.</summary>
    public required IReadOnlyList<ConnectRisk> Risks { get; init; }

    /// <summary>What the user accepts by connecting. Once connected, remember it for the next <c>planConnect</c>.</summary>
    public required AcceptedRisks AcceptedRisks { get; init; }
}

/// <summary>A reason to ask the user before a connect.</summary>
public sealed record ConnectRisk
{
    /// <summary>The kind of risk.</summary>
    [KnownValues(
        RiskKinds.Interruption, RiskKinds.ExceedsMaximum, RiskKinds.ScaleUp, RiskKinds.OtherZone, RiskKinds.UnevenRanks, RiskKinds.UnlistedRole)]
    public required string Kind { get; init; }

    /// <summary>The risk in a sentence or two.</summary>
    public required string Message { get; init; }
}

/// <summary>The risks of a connection that aren't reported again while they stay the same.</summary>
public sealed record AcceptedRisks
{
    /// <summary>Set if the node pool had to scale up first.</summary>
    public ScaleUp? ScaleUp { get; init; }

    /// <summary>Set if the node pool wasn't in the zone of the environment's volume.</summary>
    public ZonePair? Zones { get; init; }

    /// <summary>Set if the ranks didn't fill whole nodes.</summary>
    public UnevenRanks? UnevenRanks { get; init; }

    /// <summary>The connection's role, if it had one.</summary>
    public RoleListing? Role { get; init; }
}

/// <summary>A node pool that must scale up.</summary>
public sealed record ScaleUp
{
    /// <summary>The node pool's id.</summary>
    public required string NodePoolId { get; init; }

    /// <summary>The requested number of ranks.</summary>
    public required int NumRanks { get; init; }
}

/// <summary>Two different zones.</summary>
public sealed record ZonePair
{
    /// <summary>The zone of the environment's volume.</summary>
    public required string Volume { get; init; }

    /// <summary>The zone of the node pool.</summary>
    public required string NodePool { get; init; }
}

/// <summary>A number of ranks that needs several nodes and doesn't fill them.</summary>
public sealed record UnevenRanks
{
    /// <summary>The requested number of ranks.</summary>
    public required int NumRanks { get; init; }

    /// <summary>The number of ranks per node.</summary>
    public required int RanksPerNode { get; init; }
}

/// <summary>Whether the account lists a role.</summary>
public sealed record RoleListing
{
    /// <summary>The role's ARN.</summary>
    public required string Role { get; init; }

    /// <summary>True if the account lists it. False if it doesn't, or if that isn't known.</summary>
    public required bool Listed { get; init; }
}

/// <summary>The values of <see cref="ConnectPlan.NextStep"/>.</summary>
public static class PlanSteps
{
    /// <summary>Connect: there's nothing to confirm.</summary>
    public const string Connect = "connect";

    /// <summary>Show the risks, and connect only if the user confirms them.</summary>
    public const string Confirm = "confirm";

    /// <summary>Choose another connection: this one isn't possible.</summary>
    public const string Choose = "choose";

    /// <summary>Nothing: the environment is already connected this way.</summary>
    public const string Nothing = "nothing";
}

/// <summary>The values of <see cref="ConnectRisk.Kind"/>, the worst first.</summary>
public static class RiskKinds
{
    /// <summary>The environment is connected, so a reconnect interrupts what runs in it.</summary>
    public const string Interruption = "interruption";

    /// <summary>The node pool can't provide this many ranks, even after scaling up.</summary>
    public const string ExceedsMaximum = "exceedsMaximum";

    /// <summary>The node pool must scale up first.</summary>
    public const string ScaleUp = "scaleUp";

    /// <summary>The node pool isn't in the zone of the environment's volume.</summary>
    public const string OtherZone = "otherZone";

    /// <summary>The ranks need several nodes and don't fill them.</summary>
    public const string UnevenRanks = "unevenRanks";

    /// <summary>The account no longer lists the role.</summary>
    public const string UnlistedRole = "unlistedRole";
}
