using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Server.Environments;
using Companion.Server.Tests.Support;
using Moq;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class NodePoolListTests
{
    private static readonly GatewayNodePoolStats Statistics = new() { NodeCount = 2, RanksPerNode = 8 };

    [TestMethod]
    [DataRow(false, 16, 1)]
    [DataRow(true, null, 0)]
    public async Task Statistics_that_the_list_lacks_are_read_unless_skipped(bool skip, int? free, int reads)
    {
        var gateway = new Mock<IGateway>(MockBehavior.Strict);
        GatewayNodePool[][] pages = [[Pool("listed", Statistics), Pool("unlisted", statistics: null)]];
        gateway.Setup(g => g.ListNodePoolsAsync("acme", It.IsAny<CancellationToken>())).Returns(pages.ToAsyncEnumerable());
        gateway.Setup(g => g.GetNodePoolStatsAsync("acme", "unlisted", It.IsAny<CancellationToken>())).ReturnsAsync(Statistics);

        var pools = await new EnvironmentCatalog(gateway.Object, Wiring.Whole()).ListNodePoolsAsync("acme", skip, CancellationToken.None);

        CollectionAssert.AreEqual(new[] { 16, free }, pools.Select(static pool => pool.FreeRanks).ToArray());
        gateway.Verify(g => g.GetNodePoolStatsAsync("acme", "unlisted", It.IsAny<CancellationToken>()), Times.Exactly(reads));
    }

    private static GatewayNodePool Pool(string id, GatewayNodePoolStats? statistics) =>
        new() { Name = $"accounts/acme/nodePools/{id}", State = "READY", NodePoolStats = statistics };
}
