using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Planning;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Planning;

[TestClass]
public sealed class ConnectPlannerTests
{
    private const string Role = "arn:aws:iam::123456789012:role/trainer";

    private static readonly ConnectionParams Asked = new() { NodePoolId = "h100-8x", NumRanks = 8, Role = Role };

    /// <summary>Strict, so a change or any other request that isn't set up fails the test.</summary>
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);

    public ConnectPlannerTests()
    {
        var (environment, pool) = (Samples.AtGateway(EnvironmentStates.Disconnected), new GatewayNodePool { Name = "accounts/acme/nodePools/h100-8x", State = "READY", MaxNodeCount = 4 });
        _gateway.Setup(static g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).ReturnsAsync(environment);
        _gateway.Setup(static g => g.GetNodePoolAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ReturnsAsync(pool);
        _gateway.Setup(static g => g.GetNodePoolStatsAsync("acme", "h100-8x", It.IsAny<CancellationToken>()))
            .ReturnsAsync(new GatewayNodePoolStats { NodeCount = 1, RanksPerNode = 8, EnvironmentRanks = 2 });
        _gateway.Setup(static g => g.ListAwsIamRoleBindingsAsync("acme", It.IsAny<CancellationToken>()))
            .Returns(new IReadOnlyList<GatewayAwsIamRoleBinding>[] { [new() { Role = Role }] }.ToAsyncEnumerable());
    }

    [TestMethod]
    public async Task Reads_the_environment_the_node_pool_with_its_statistics_and_the_roles()
    {
        var plan = await PlanAsync(Asked);
        Assert.AreEqual((EnvironmentStates.Disconnected, PlanSteps.Confirm), (plan.Environment.State, plan.NextStep));
        Assert.AreEqual("Only 6 ranks free now. h100-8x must scale up first, which takes time.", plan.Risks.Single().Message);
        Assert.AreEqual(new RoleListing { Role = Role, Listed = true }, plan.AcceptedRisks.Role);
    }

    [TestMethod]
    [DataRow(null, null, 0, DisplayName = "without a role")]
    [DataRow(Role, null, 1, DisplayName = "with a role for the first time")]
    [DataRow(Role, true, 1, DisplayName = "with a role that was listed")]
    [DataRow(Role, false, 0, DisplayName = "with a role that wasn't listed")]
    [DataRow(Role + "-2", false, 1, DisplayName = "with another role than the one that wasn't listed")]
    public async Task Lists_the_roles_only_if_they_matter(string? role, bool? wasListed, int times)
    {
        await PlanAsync(Asked with { Role = role }, wasListed is { } listed ? new AcceptedRisks { Role = new RoleListing { Role = Role, Listed = listed } } : null);
        _gateway.Verify(static g => g.ListAwsIamRoleBindingsAsync("acme", It.IsAny<CancellationToken>()), Times.Exactly(times));
    }

    [TestMethod]
    public async Task Plans_without_roles_that_cannot_be_listed()
    {
        _gateway.Setup(static g => g.ListAwsIamRoleBindingsAsync("acme", It.IsAny<CancellationToken>())).Throws(Samples.Answered(403, GoogleRpcCode.PermissionDenied));
        var listed = new RoleListing { Role = Role, Listed = true };
        Assert.AreEqual(listed, (await PlanAsync(Asked, new AcceptedRisks { Role = listed })).AcceptedRisks.Role);
    }

    [TestMethod]
    public async Task A_node_pool_that_does_not_exist_leads_to_another_choice()
    {
        _gateway.Setup(static g => g.GetNodePoolAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ThrowsAsync(Samples.Answered(404, GoogleRpcCode.NotFound));
        var plan = await PlanAsync(Asked);
        Assert.AreEqual((PlanSteps.Choose, "h100-8x no longer exists."), (plan.NextStep, plan.Reason));
    }

    [TestMethod]
    public async Task Any_other_fault_is_an_error()
    {
        _gateway.Setup(static g => g.GetNodePoolAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ThrowsAsync(Samples.Lost());
        Assert.AreEqual(14, (await Assert.ThrowsExactlyAsync<MethodException>(() => PlanAsync(Asked))).Code);
        _gateway.Setup(static g => g.GetEnvironmentAsync("acme", "train-a", It.IsAny<CancellationToken>())).ThrowsAsync(Samples.Answered(403, GoogleRpcCode.PermissionDenied));
        StringAssert.Contains((await Assert.ThrowsExactlyAsync<MethodException>(() => PlanAsync(Asked))).Message, "train-a");
    }

    private Task<ConnectPlan> PlanAsync(ConnectionParams connection, AcceptedRisks? accepted = null)
    {
        var time = new TestTimeProvider();
        var reader = new EnvironmentReader(_gateway.Object, Wiring.News(static _ => { }, time), time);
        var planner = new ConnectPlanner(
            reader, new EnvironmentCatalog(_gateway.Object, Wiring.Whole()), new ErrorMessages("https://gateway.example", new Phrases()));
        return planner.PlanAsync(Samples.Key, connection, accepted, CancellationToken.None);
    }
}
