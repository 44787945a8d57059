using Companion.Gateway.Resources;

namespace Companion.Gateway.Tests.Resources;

[TestClass]
public sealed class NodePoolCapacityTests
{
    [TestMethod]
    [DataRow(2, 4, 8, 6, "RUNNING=4;COMPLETED=64", 6, 22)]
    [DataRow(2, 4, 8, 0, "", 16, 32)]
    [DataRow(2, 4, 8, 0, "COMPLETED=9;FAILED=9;CANCELLED=9;JOB_STATE_COMPLETED=9", 16, 32)]
    [DataRow(2, 4, 8, 0, "PENDING=1;QUEUED=2;CREATING=3;SOMETHING_NEW=4;STATE_UNSPECIFIED=1", 5, 21)]
    [DataRow(2, 2, 8, 0, "RUNNING=16", 0, 0)]
    [DataRow(2, 2, 8, 20, "RUNNING=16", 0, 0)]
    [DataRow(0, 3, 8, 0, "", 0, 24)]
    [DataRow(3, 1, 8, 0, "", 24, 24)]
    [DataRow(3, 10, 1, 2, "", 1, 8)]
    [DataRow(2, 4, 8, -5, "RUNNING=-9", 16, 32)]
    [DataRow(1000, int.MaxValue, int.MaxValue, 0, "", int.MaxValue, int.MaxValue)]
    [DataRow(1, 1, 8, int.MaxValue, "RUNNING=2147483647", 0, 0)]
    public void Free_and_ceiling(
        int nodeCount, int maxNodeCount, int ranksPerNode, int environmentRanks, string jobs, int free, int ceiling)
    {
        var stats = new GatewayNodePoolStats
        {
            NodeCount = nodeCount,
            RanksPerNode = ranksPerNode,
            EnvironmentRanks = environmentRanks,
            BatchJobRanks = jobs.Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Select(job => job.Split('='))
                .ToDictionary(job => job[0], job => int.Parse(job[1], System.Globalization.CultureInfo.InvariantCulture)),
        };
        Assert.AreEqual(new NodePoolCapacity(free, ceiling), NodePoolCapacity.Of(maxNodeCount, stats));
    }

    [TestMethod]
    public void Without_statistics_the_capacity_is_unknown()
    {
        Assert.IsNull(NodePoolCapacity.Of(4, null));
        Assert.IsNull(NodePoolCapacity.Of(4, new GatewayNodePoolStats()));
    }
}
