using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Language;

namespace Companion.Server.Planning;

/// <summary>Decides the next step of a connect. Does no I/O.</summary>
internal static class ConnectDecision
{
    /// <summary>Decides whether to connect, what to confirm first, or why it isn't possible.</summary>
    /// <param name="before">What the user accepted before.</param>
    public static ConnectPlan Decide(ConnectFacts facts, AcceptedRisks before, Phrases phrases)
    {
        var plan = new ConnectPlan
        {
            Environment = facts.Environment,
            NextStep = PlanSteps.Nothing,
            Risks = [],
            AcceptedRisks = new AcceptedRisks(),
        };
        if (IsConnectedSo(facts))
            return plan;
        if (facts.NodePool is not { State: GatewayStates.Ready } nodePool)
            return plan with { NextStep = PlanSteps.Choose, Reason = Refusal(facts, phrases) };
        var room = NodePoolRoom.For(facts.Environment, nodePool);
        var accepted = Accepted(facts, nodePool, room, before);
        IReadOnlyList<ConnectRisk> risks = [.. Risks(facts, room, accepted, before, phrases)];
        return plan with { NextStep = risks.Count == 0 ? PlanSteps.Connect : PlanSteps.Confirm, Risks = risks, AcceptedRisks = accepted };
    }

    // By default, local storage isn't mounted. If no role is requested, the node pool's own is the same.
    private static bool IsConnectedSo(ConnectFacts facts) =>
        facts.Environment.State == EnvironmentStates.Connected
        && (facts.Connection with { UseLocalStorage = facts.Connection.UseLocalStorage ?? false }).IsExactly(facts.Environment.Connection);

    private static string Refusal(ConnectFacts facts, Phrases phrases) => facts.NodePool is { } nodePool
        ? phrases.NodePoolCannotBeUsed(facts.Connection.NodePoolId, nodePool.State, nodePool.Status?.Message ?? nodePool.Status?.Code)
        : phrases.NodePoolNoLongerExists(facts.Connection.NodePoolId);

    private static AcceptedRisks Accepted(ConnectFacts facts, NodePoolInfo nodePool, NodePoolRoom room, AcceptedRisks before)
    {
        var (numRanks, perNode) = (NumRanks(facts), nodePool.RanksPerNode);
        return new AcceptedRisks
        {
            ScaleUp = room.NeedsScaleUpFor(numRanks) ? new ScaleUp { NodePoolId = facts.Connection.NodePoolId, NumRanks = numRanks } : null,
            Zones = nodePool.Zone is { } zone && facts.Environment.Connection?.Zone is { } volume && zone != volume
                ? new ZonePair { Volume = volume, NodePool = zone }
                : null,
            UnevenRanks = perNode is { } ranks && numRanks > ranks && numRanks % ranks != 0
                ? new UnevenRanks { NumRanks = numRanks, RanksPerNode = ranks }
                : null,
            Role = facts.Connection.Role is { } role ? new RoleListing { Role = role, Listed = IsListed(role, facts, before) } : null,
        };
    }

    private static bool IsListed(string role, ConnectFacts facts, AcceptedRisks before) =>
        facts.Roles is { } roles ? roles.Any(one => one.Role == role) : WasListed(role, before);

    private static bool WasListed(string role, AcceptedRisks before) => before.Role is { Listed: true } listing && listing.Role == role;

    // The worst first.
    private static IEnumerable<ConnectRisk> Risks(
        ConnectFacts facts, NodePoolRoom room, AcceptedRisks accepted, AcceptedRisks before, Phrases phrases)
    {
        var (numRanks, nodePoolId) = (NumRanks(facts), facts.Connection.NodePoolId);
        if (facts.Environment is { State: EnvironmentStates.Connected, Connection: var there })
            yield return Risk(
                RiskKinds.Interruption,
                room.Free < numRanks ? phrases.InterruptedWithoutRoom(there?.NodePoolId, nodePoolId) : phrases.Interrupted(there?.NodePoolId));
        if (room.IsExceededBy(numRanks))
            yield return Risk(RiskKinds.ExceedsMaximum, phrases.ExceedsMaximum(nodePoolId, numRanks, room.Ceiling ?? 0));
        if (accepted.ScaleUp is { } scaleUp && scaleUp != before.ScaleUp)
            yield return Risk(RiskKinds.ScaleUp, phrases.ScaleUpFirst(nodePoolId, room.Free ?? 0));
        if (accepted.Zones is { } zones && zones != before.Zones)
            yield return Risk(RiskKinds.OtherZone, phrases.OtherZone(zones.Volume, zones.NodePool));
        if (accepted.UnevenRanks is { } uneven && uneven != before.UnevenRanks)
            yield return Risk(RiskKinds.UnevenRanks, phrases.UnevenRanks(uneven.NumRanks, uneven.RanksPerNode));
        if (accepted.Role is { Listed: false, Role: var role } && WasListed(role, before))
            yield return Risk(RiskKinds.UnlistedRole, phrases.RoleNoLongerListed(role));
    }

    private static ConnectRisk Risk(string kind, string message) => new() { Kind = kind, Message = message };

    private static int NumRanks(ConnectFacts facts) => facts.Connection.NumRanks ?? 1;
}
