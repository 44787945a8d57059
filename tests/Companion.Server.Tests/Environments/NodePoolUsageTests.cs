using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Pacing;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class NodePoolUsageTests
{
    private static readonly GatewayNodePoolStats Stats = new() { NodeCount = 2, RanksPerNode = 8, EnvironmentRanks = 6 };

    /// <summary>Strict, so any request that isn't set up fails the test.</summary>
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly TestTimeProvider _time = new();

    [TestMethod]
    public async Task A_list_has_the_usage_that_the_gateway_included_and_asks_for_no_other()
    {
        _gateway.Setup(static g => g.ListNodePoolsAsync("acme", It.IsAny<CancellationToken>())).Returns(
            new IReadOnlyList<GatewayNodePool>[] { [Pool("with") with { NodePoolStats = Stats }, Pool("without")] }.ToAsyncEnumerable());
        var pools = await new EnvironmentCatalog(_gateway.Object, Wiring.Whole()).ListNodePoolsAsync("acme", CancellationToken.None);
        CollectionAssert.AreEqual(new (string, int?, int?)[] { ("with", 10, 26), ("without", null, null) }, pools.Select(static p => (p.NodePoolId, p.FreeRanks, p.CeilingRanks)).ToList());
    }

    [TestMethod]
    [DataRow(4, 26, DisplayName = "with the maximum size")]
    [DataRow(null, null, DisplayName = "without it")]
    public async Task The_usage_of_a_node_pool_has_a_ceiling_if_the_maximum_size_is_known(int? maxNodeCount, int? ceiling)
    {
        _gateway.Setup(static g => g.GetNodePoolStatsAsync("acme", "h100", It.IsAny<CancellationToken>())).ReturnsAsync(Stats);
        var usage = await new NodePoolUsageReader(_gateway.Object, new RequestRateLimiter(_time)).GetAsync("acme", "h100", maxNodeCount, CancellationToken.None);
        Assert.AreEqual(new NodePoolUsage { NodeCount = 2, RanksPerNode = 8, FreeRanks = 10, CeilingRanks = ceiling }, usage);
    }

    [TestMethod]
    public async Task It_is_not_sent_if_it_would_have_to_wait_for_its_turn()
    {
        var rateLimiter = new RequestRateLimiter(_time);
        rateLimiter.OnRetryAfter(TimeSpan.FromSeconds(5));
        _gateway.Setup(static g => g.GetNodePoolStatsAsync("acme", "h100", It.IsAny<CancellationToken>())).Returns(async (string _, string _, CancellationToken token) =>
        {
            await rateLimiter.EnterAsync(isChange: false, token); // as the client does
            return Stats;
        });
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(
            () => new NodePoolUsageReader(_gateway.Object, rateLimiter).GetAsync("acme", "h100", null, CancellationToken.None));
        Assert.IsTrue(RequestRateLimiter.IsRateLimited(fault));
    }

    private static GatewayNodePool Pool(string id) => new() { Name = $"accounts/acme/nodePools/{id}", State = "READY", MaxNodeCount = 4 };
}
