using Companion.Protocol;
using Companion.Server.Language;
using Companion.Server.Planning;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Planning;

[TestClass]
public sealed class ConnectDecisionTests
{
    private const string Role = "arn:aws:iam::123456789012:role/trainer";
    private const string East = "us-east-1a";
    private const string West = "us-west-2b";

    private static readonly ConnectionParams Asked = new() { NodePoolId = "h100-8x", NumRanks = 8 };
    private static readonly ConnectionInfo There = new() { NodePoolId = "h100-8x", NumRanks = 8, Zone = East };
    private static readonly EnvironmentInfo Disconnected = Samples.Environment(EnvironmentStates.Disconnected) with { Connection = There };
    private static readonly EnvironmentInfo Connected = Disconnected with { State = EnvironmentStates.Connected };
    private static readonly NodePoolInfo NodePool = new()
    {
        NodePoolId = "h100-8x", State = "READY", Zone = East, RanksPerNode = 8, FreeRanks = 8, CeilingRanks = 32,
    };

    private static readonly ZonePair Zones = new() { Volume = East, NodePool = West };
    private static readonly RoleListing Listed = new() { Role = Role, Listed = true };

    public static IEnumerable<TestDataRow<Case>> Connects => Rows(
        ("nothing is at risk", new Case()),
        ("the capacity is unknown", new Case { NodePool = NodePool with { FreeRanks = null, CeilingRanks = null } }),
        ("the volume has no zone yet", new Case { Environment = Samples.Environment(EnvironmentStates.Disconnected), NodePool = NodePool with { Zone = West } }),
        ("the node pool's zone is unknown", new Case { NodePool = NodePool with { Zone = null } }),
        ("the scale-up was accepted", new Case
        {
            NodePool = NodePool with { FreeRanks = 0 },
            Before = new AcceptedRisks { ScaleUp = new ScaleUp { NodePoolId = "h100-8x", NumRanks = 8 } },
        }),
        ("the zones were accepted", new Case { NodePool = NodePool with { Zone = West }, Before = new AcceptedRisks { Zones = Zones } }),
        ("the uneven ranks were accepted", new Case
        {
            Asked = Asked with { NumRanks = 12 },
            NodePool = NodePool with { FreeRanks = 16 },
            Before = new AcceptedRisks { UnevenRanks = new UnevenRanks { NumRanks = 12, RanksPerNode = 8 } },
        }),
        ("the ranks fill whole nodes", new Case { Asked = Asked with { NumRanks = 16 }, NodePool = NodePool with { FreeRanks = 16 } }),
        ("the ranks fit on one node", new Case { Asked = Asked with { NumRanks = 3 } }),
        ("the role is listed", new Case { Asked = Asked with { Role = Role }, Roles = [Role], Before = new AcceptedRisks { Role = Listed } }),
        ("the role was never listed", new Case { Asked = Asked with { Role = Role }, Roles = [] }),
        ("another role was listed", new Case { Asked = Asked with { Role = Role + "-2" }, Roles = [], Before = new AcceptedRisks { Role = Listed } }),
        ("the roles can't be listed", new Case { Asked = Asked with { Role = Role }, Before = new AcceptedRisks { Role = Listed } }),

        // The gateway reports what it can't do better than this process could guess.
        ("another change is in progress", new Case { Environment = Disconnected with { State = EnvironmentStates.Connecting } }));

    public static IEnumerable<TestDataRow<Case>> Confirms => Rows(
        ("it's connected to another node pool", new Case
        {
            Environment = Connected with { Connection = There with { NodePoolId = "a100" } },
            Risks = [(RiskKinds.Interruption, "It's connected to a100 now. Anything running in it will be interrupted.")],
        }),
        ("it's connected to an unknown node pool", new Case
        {
            Environment = Connected with { Connection = null },
            Risks = [(RiskKinds.Interruption, "It's connected now. Anything running in it will be interrupted.")],
        }),
        ("it's connected, and the target must scale up", new Case
        {
            Environment = Connected with { Connection = There with { NodePoolId = "a100" } },
            NodePool = NodePool with { FreeRanks = 2 },
            Risks =
            [
                (RiskKinds.Interruption, "It's connected to a100 now. Anything running in it will be interrupted. Because h100-8x has no room for it now, it might not be connected again."),
                (RiskKinds.ScaleUp, "Only 2 ranks free now. h100-8x must scale up first, which takes time."),
            ],
        }),
        ("it's connected, and the accepted scale-up is still necessary", new Case
        {
            Environment = Connected with { Connection = There with { NodePoolId = "a100" } },
            NodePool = NodePool with { FreeRanks = 2 },
            Before = new AcceptedRisks { ScaleUp = new ScaleUp { NodePoolId = "h100-8x", NumRanks = 8 } },
            Risks = [(RiskKinds.Interruption, "It's connected to a100 now. Anything running in it will be interrupted. Because h100-8x has no room for it now, it might not be connected again.")],
        }),
        ("it's connected, and the target is too small", new Case
        {
            Environment = Connected with { Connection = There with { NodePoolId = "a100" } },
            NodePool = NodePool with { FreeRanks = 0, CeilingRanks = 4 },
            Risks =
            [
                (RiskKinds.Interruption, "It's connected to a100 now. Anything running in it will be interrupted. Because h100-8x has no room for it now, it might not be connected again."),
                (RiskKinds.ExceedsMaximum, "8 ranks requested, but h100-8x has at most 4 ranks free, even after scaling up."),
            ],
        }),
        ("it's connected to the same node pool, which has room with its own ranks", new Case
        {
            Environment = Connected with { Connection = There with { NumRanks = 4 } },
            NodePool = NodePool with { FreeRanks = 4 },
            Risks = [(RiskKinds.Interruption, "It's connected to h100-8x now. Anything running in it will be interrupted.")],
        }),
        ("it's connected to the same node pool, which must scale up despite its own ranks", new Case
        {
            Environment = Connected with { Connection = There with { NumRanks = 4 } },
            NodePool = NodePool with { FreeRanks = 3 },
            Risks =
            [
                (RiskKinds.Interruption, "It's connected to h100-8x now. Anything running in it will be interrupted. Because h100-8x has no room for it now, it might not be connected again."),
                (RiskKinds.ScaleUp, "Only 7 ranks free now. h100-8x must scale up first, which takes time."),
            ],
        }),
        ("the node pool is too small, whatever was accepted", new Case
        {
            NodePool = NodePool with { FreeRanks = 0, CeilingRanks = 1 },
            Before = new AcceptedRisks { ScaleUp = new ScaleUp { NodePoolId = "h100-8x", NumRanks = 8 } },
            Risks = [(RiskKinds.ExceedsMaximum, "8 ranks requested, but h100-8x has at most 1 rank free, even after scaling up.")],
        }),
        ("the node pool must scale up", new Case
        {
            NodePool = NodePool with { FreeRanks = 7 },
            Risks = [(RiskKinds.ScaleUp, "Only 7 ranks free now. h100-8x must scale up first, which takes time.")],
        }),
        ("the scale-up was accepted for fewer ranks", new Case
        {
            NodePool = NodePool with { FreeRanks = 0 },
            Before = new AcceptedRisks { ScaleUp = new ScaleUp { NodePoolId = "h100-8x", NumRanks = 4 } },
            Risks = [(RiskKinds.ScaleUp, "No ranks free now. h100-8x must scale up first, which takes time.")],
        }),
        ("the node pool is in another zone", new Case
        {
            NodePool = NodePool with { Zone = West },
            Risks = [(RiskKinds.OtherZone, "Its volume is in zone us-east-1a, but the node pool is in zone us-west-2b. Moving data between zones is slow.")],
        }),
        ("the volume has moved to a third zone", new Case
        {
            NodePool = NodePool with { Zone = West },
            Before = new AcceptedRisks { Zones = Zones with { Volume = "us-east-1b" } },
            Risks = [(RiskKinds.OtherZone, "Its volume is in zone us-east-1a, but the node pool is in zone us-west-2b. Moving data between zones is slow.")],
        }),
        ("the ranks don't fill whole nodes", new Case
        {
            Asked = Asked with { NumRanks = 12 },
            NodePool = NodePool with { FreeRanks = 16 },
            Risks = [(RiskKinds.UnevenRanks, "12 ranks don't fill whole nodes of 8 ranks each.")],
        }),
        ("the role is no longer listed", new Case
        {
            Asked = Asked with { Role = Role },
            Roles = [],
            Before = new AcceptedRisks { Role = Listed },
            Risks = [(RiskKinds.UnlistedRole, $"The account no longer lists the role {Role}.")],
        }));

    public static IEnumerable<TestDataRow<Case>> Refuses => Rows(
        ("the node pool doesn't exist", new Case { NodePool = null, Reason = "h100-8x no longer exists." }),
        ("the node pool isn't ready", new Case { NodePool = NodePool with { State = "CREATING" }, Reason = "h100-8x can't be used (being created)." }),
        ("the node pool has failed", new Case
        {
            NodePool = NodePool with { State = "FAILED", Status = new StatusInfo { Code = "INTERNAL", Message = "No subnet." } },
            Reason = "h100-8x can't be used (failed: No subnet).",
        }),
        ("the node pool has failed without a message", new Case
        {
            NodePool = NodePool with { State = "FAILED", Status = new StatusInfo { Code = "ABORTED" } },
            Reason = "h100-8x can't be used (failed: ABORTED).",
        }));

    public static IEnumerable<TestDataRow<Case>> HasNothingToDo => Rows(
        ("so", new Case()),
        ("to a node pool that no longer exists", new Case { NodePool = null }),
        ("with one rank by default", new Case { Asked = new ConnectionParams { NodePoolId = "h100-8x" }, Environment = At(There with { NumRanks = 1 }) }),
        ("with the node pool's default role", new Case { Environment = At(There with { Role = Role }) }),
        ("with the role", new Case { Asked = Asked with { Role = Role }, Environment = At(There with { Role = Role }) }),
        ("with a session of the role", new Case
        {
            Asked = Asked with { Role = Role }, Environment = At(There with { Role = "arn:aws:sts::123456789012:assumed-role/trainer/ada" }),
        }),
        ("with local storage", new Case { Asked = Asked with { UseLocalStorage = true }, Environment = At(There with { UseLocalStorage = true }) }),
        ("without local storage", new Case { Asked = Asked with { UseLocalStorage = false } }));

    public static IEnumerable<TestDataRow<Case>> Reconnects => Rows(
        ("node pool", new Case { Environment = At(There with { NodePoolId = "a100" }) }),
        ("number of ranks", new Case { Environment = At(There with { NumRanks = 4 }) }),
        ("role", new Case { Asked = Asked with { Role = Role }, Environment = At(There with { Role = Role + "-2" }) }),
        ("unknown role", new Case { Asked = Asked with { Role = Role } }),
        ("storage (local requested)", new Case { Asked = Asked with { UseLocalStorage = true } }),
        ("storage (local not requested)", new Case { Environment = At(There with { UseLocalStorage = true }) }));

    [TestMethod]
    [DynamicData(nameof(Connects))]
    public void Connects_at_once_if(Case at)
    {
        var plan = Decide(at);
        Assert.AreEqual(PlanSteps.Connect, plan.NextStep);
        Assert.IsEmpty(plan.Risks);
    }

    [TestMethod]
    [DynamicData(nameof(Confirms))]
    public void Asks_first_if(Case at)
    {
        var plan = Decide(at);
        Assert.AreEqual(PlanSteps.Confirm, plan.NextStep);
        CollectionAssert.AreEqual(at.Risks, plan.Risks.Select(static risk => (risk.Kind, risk.Message)).ToArray());
    }

    [TestMethod]
    [DynamicData(nameof(Refuses))]
    public void Lets_the_user_choose_again_if(Case at)
    {
        var plan = Decide(at);
        Assert.AreEqual(PlanSteps.Choose, plan.NextStep);
        Assert.AreEqual(at.Reason, plan.Reason);
    }

    [TestMethod]
    [DynamicData(nameof(HasNothingToDo))]
    public void Does_nothing_if_it_is_already_connected(Case at) =>
        Assert.AreEqual(PlanSteps.Nothing, Decide(at with { Environment = at.Environment == Disconnected ? Connected : at.Environment }).NextStep);

    [TestMethod]
    [DynamicData(nameof(Reconnects))]
    public void Asks_first_if_it_is_connected_with_another(Case at)
    {
        var plan = Decide(at with { Environment = at.Environment == Disconnected ? Connected : at.Environment });
        Assert.AreEqual(PlanSteps.Confirm, plan.NextStep);
        Assert.AreEqual(RiskKinds.Interruption, plan.Risks[0].Kind);
    }

    [TestMethod]
    public void Orders_everything_by_severity() => CollectionAssert.AreEqual(
        new[] { RiskKinds.Interruption, RiskKinds.ScaleUp, RiskKinds.OtherZone, RiskKinds.UnevenRanks, RiskKinds.UnlistedRole },
        Decide(new Case
        {
            Asked = Asked with { NumRanks = 12, Role = Role },
            Environment = At(There with { NodePoolId = "a100" }),
            NodePool = NodePool with { Zone = West },
            Roles = [],
            Before = new AcceptedRisks { Role = Listed },
        }).Risks.Select(static risk => risk.Kind).ToArray());

    [TestMethod]
    public void Returns_what_the_user_accepts()
    {
        Assert.AreEqual(new AcceptedRisks(), Decide(new Case()).AcceptedRisks);
        Assert.AreEqual(
            new AcceptedRisks
            {
                ScaleUp = new ScaleUp { NodePoolId = "h100-8x", NumRanks = 12 },
                Zones = Zones,
                UnevenRanks = new UnevenRanks { NumRanks = 12, RanksPerNode = 8 },
                Role = Listed,
            },
            Decide(new Case { Asked = Asked with { NumRanks = 12, Role = Role }, NodePool = NodePool with { Zone = West }, Roles = [Role] }).AcceptedRisks);
    }

    [TestMethod]
    public void Asks_once_about_everything_that_can_be_accepted()
    {
        var at = new Case
        {
            Asked = Asked with { NumRanks = 12, Role = Role },
            NodePool = NodePool with { Zone = West },
            Roles = [],
            Before = new AcceptedRisks { Role = Listed },
        };
        var first = Decide(at);
        Assert.HasCount(4, first.Risks);
        Assert.AreEqual(PlanSteps.Connect, Decide(at with { Before = first.AcceptedRisks }).NextStep);
    }

    [TestMethod]
    public void Roles_that_cannot_be_listed_change_nothing()
    {
        var at = new Case { Asked = Asked with { Role = Role }, Before = new AcceptedRisks { Role = Listed } };
        Assert.AreEqual(Listed, Decide(at).AcceptedRisks.Role);
        Assert.AreEqual(Listed with { Listed = false }, Decide(at with { Before = new AcceptedRisks() }).AcceptedRisks.Role);
    }

    [TestMethod]
    public void Uses_the_clients_language() => Assert.AreEqual(
        "Derzeit nur 7 Ranks frei. h100-8x muss zuerst hochskaliert werden, was Zeit in Anspruch nimmt.",
        Decide(new Case { NodePool = NodePool with { FreeRanks = 7 } }, new GermanPhrases()).Risks.Single().Message);

    private static EnvironmentInfo At(ConnectionInfo connection) => Connected with { Connection = connection };

    private static ConnectPlan Decide(Case at, Phrases? phrases = null)
    {
        var roles = at.Roles?.Select(static role => new RoleInfo { Role = role }).ToList();
        return ConnectDecision.Decide(new ConnectFacts(at.Asked, at.Environment, at.NodePool, roles), at.Before, phrases ?? new Phrases());
    }

    private static IEnumerable<TestDataRow<Case>> Rows(params (string Name, Case At)[] rows) =>
        rows.Select(static row => new TestDataRow<Case>(row.At) { DisplayName = row.Name });

    /// <summary>A connect, and what's expected.</summary>
    public sealed record Case
    {
        public ConnectionParams Asked { get; init; } = ConnectDecisionTests.Asked;

        public EnvironmentInfo Environment { get; init; } = Disconnected;

        public NodePoolInfo? NodePool { get; init; } = ConnectDecisionTests.NodePool;

        public string[]? Roles { get; init; }

        public AcceptedRisks Before { get; init; } = new();

        public (string Kind, string Message)[] Risks { get; init; } = [];

        public string? Reason { get; init; }
    }
}
