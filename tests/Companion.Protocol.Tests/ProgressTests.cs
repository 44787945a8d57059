using System.Text.Json;

namespace Companion.Protocol.Tests;

[TestClass]
public sealed class ProgressTests
{
    [TestMethod]
    public void Progress_values_are_written_without_a_type_member()
    {
        Assert.AreEqual("""{"token":"t","value":{"kind":"end","stage":"connected"}}""", Written(new WorkDoneProgress { Kind = "end", Stage = "connected" }));
        Assert.AreEqual("""{"token":"t","value":{"environments":[]}}""", Written(new ListEnvironmentsResult { Environments = [] }));
        Assert.AreEqual(
            """{"token":"t","value":{"nodePools":[{"nodePoolId":"h100","state":"READY"}]}}""",
            Written(new ListNodePoolsResult { NodePools = [new NodePoolInfo { NodePoolId = "h100", State = "READY" }] }));
    }

    private static string Written(ProgressValue value)
    {
        using var token = JsonDocument.Parse("\"t\"");
        return JsonSerializer.Serialize(
            new ProgressParams { Token = token.RootElement, Value = value }, ProtocolJson.Default.ProgressParams);
    }
}
