using System.Globalization;
using Companion.Protocol;
using Companion.Server.Mcp;
using ModelContextProtocol;
using Moq;
using static Companion.Server.Tests.Mcp.ToolFixture;

namespace Companion.Server.Tests.Mcp;

[TestClass]
public sealed class ToolCallsTests
{
    private const string Connect = "{'environmentId':'train-a','nodePoolId':'h100-8x','numRanks':8,'role':'arn:aws:iam::123456789012:role/trainer','durationSeconds':3600}";
    private static readonly DateTimeOffset Until = DateTimeOffset.Parse("2026-11-22T18:30:00+01:00", CultureInfo.InvariantCulture);
    private static readonly EnvironmentInfo WithEnd = Connected with { Lease = new() { Until = Until, KeptBy = [LeaseKeepers.Vscode] } };
    private static readonly EnvironmentInfo KeptBySystem = WithEnd with { Lease = WithEnd.Lease! with { KeptBy = [LeaseKeepers.Vscode, LeaseKeepers.System] } };

    private readonly ToolFixture _it = new();

    [TestMethod]
    public async Task Every_listed_tool_can_be_called()
    {
        _it.Server.SetReturnsDefault(Task.FromException<EnvironmentInfo>(Failure(5)));
        foreach (var tool in new ToolCatalog().List(cursor: null).Tools)
        {
            var result = await _it.CallAsync(tool.Name, "{'nothing':1}");
            Assert.Contains("arguments has an unknown member \"nothing\"", TextOf(result));
            Assert.AreEqual(tool.Annotations!.ReadOnlyHint != true, TextOf(result).Contains("Outcome: notApplied", StringComparison.Ordinal));
        }
    }

    [TestMethod]
    public async Task An_unknown_tool_and_an_unknown_cursor_are_errors_of_the_protocol()
    {
        var unknown = await Assert.ThrowsExactlyAsync<McpProtocolException>(() => _it.CallAsync("force_disconnect"));
        var cursor = Assert.ThrowsExactly<McpProtocolException>(static () => new ToolCatalog().List("fw_test_0123456789"));

        Assert.AreEqual((McpErrorCode.InvalidParams, McpErrorCode.InvalidParams), (unknown.ErrorCode, cursor.ErrorCode));
        Assert.Contains("connect_environment, disconnect_environment", unknown.Message);
        Assert.DoesNotContain("fw_test", cursor.Message);
    }

    [TestMethod]
    public async Task Connects_with_the_end_and_lets_the_system_keep_it()
    {
        _it.Plans(PlanSteps.Connect);
        ConnectParams? sent = null;
        _it.Server.Setup(static s => s.ConnectAsync(It.IsAny<ConnectParams>(), It.IsAny<CancellationToken>()))
            .Callback((ConnectParams request, CancellationToken _) => sent = request).ReturnsAsync(WithEnd);
        _it.Server.Setup(static s => s.SetLeaseAsync(
            It.Is<SetLeaseParams>(static r => r.BySystem == true && r.Lease!.Until == Until && r.AccountId == "acme" && r.EnvironmentId == "train-a"),
            It.IsAny<CancellationToken>())).ReturnsAsync(KeptBySystem);

        var result = await _it.CallAsync("connect_environment", Connect);

        Assert.AreEqual(new LeaseParams { DurationSeconds = 3600 }, sent!.Lease);
        Assert.AreEqual(new ConnectionParams { NodePoolId = "h100-8x", NumRanks = 8, Role = "arn:aws:iam::123456789012:role/trainer" }, sent.Connection);
        Assert.AreEqual((null, null, null), (sent.AllowUnprotected, sent.WaitForCapacity, sent.Wait));
        Assert.AreEqual("Sent", _it.Progress.Single().Message);
        Assert.AreNotEqual(true, result.IsError);
        Assert.AreEqual("train-a is CONNECTED, node pool h100-8x, 8 ranks. It's disconnected at 2026-11-22T17:30:00Z.", TextOf(result));
        Assert.AreEqual("system", result.StructuredContent!.Value.GetProperty("lease").GetProperty("keptBy")[1].GetString());
    }

    [TestMethod]
    public async Task Says_that_an_end_depends_on_this_program_if_the_system_cant_keep_it()
    {
        _it.Plans(PlanSteps.Confirm);
        _it.Server.Setup(static s => s.ConnectAsync(It.IsAny<ConnectParams>(), It.IsAny<CancellationToken>())).ReturnsAsync(WithEnd);
        _it.Server.Setup(static s => s.SetLeaseAsync(It.IsAny<SetLeaseParams>(), It.IsAny<CancellationToken>())).ThrowsAsync(Failure(9, Outcomes.NotApplied));

        var result = await _it.CallAsync("connect_environment", Connect);

        Assert.AreNotEqual(true, result.IsError);
        Assert.Contains("only while this program or VS Code runs", TextOf(result));
    }

    [TestMethod]
    public async Task Doesnt_interrupt_a_connection_that_is_as_requested()
    {
        _it.Plans(PlanSteps.Nothing, KeptBySystem); // a connect isn't set up, so it would fail

        var result = await _it.CallAsync("connect_environment", Connect);

        Assert.AreNotEqual(true, result.IsError);
        Assert.Contains("It's disconnected at 2026-11-22T17:30:00Z.", TextOf(result));
    }

    [TestMethod]
    public async Task A_connection_as_requested_without_an_end_gets_one()
    {
        _it.Plans(PlanSteps.Nothing, Connected);
        _it.Server.Setup(static s => s.SetLeaseAsync(
            It.Is<SetLeaseParams>(static r => r.BySystem == null && r.Lease!.DurationSeconds == 3600), It.IsAny<CancellationToken>())).ReturnsAsync(KeptBySystem);

        Assert.AreNotEqual(true, (await _it.CallAsync("connect_environment", Connect)).IsError);
    }

    [TestMethod]
    public async Task A_connection_whose_end_is_refused_is_said_to_be_there()
    {
        _it.Plans(PlanSteps.Nothing, Connected);
        _it.Server.Setup(static s => s.SetLeaseAsync(It.IsAny<SetLeaseParams>(), It.IsAny<CancellationToken>())).ThrowsAsync(Failure(7, Outcomes.NotApplied));

        var error = ErrorOf(await _it.CallAsync("connect_environment", Connect));

        Assert.AreEqual("train-a was already connected like this, and stays connected. Its end wasn't set: It failed.", error.GetProperty("message").GetString());
        Assert.AreEqual("CONNECTED", error.GetProperty("data").GetProperty("environment").GetProperty("state").GetString());
    }

    [TestMethod]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x'}", "The end of the connection is missing: give durationSeconds, an integer from 60")]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x','durationSeconds':60,'until':'2026-11-28T18:30:00Z'}", "Give either durationSeconds or until, not both.")]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x','durationSeconds':59}", "durationSeconds must be an integer from 60 to 31536000.")]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x','until':'18:30'}", "until must be a time in RFC 3339")]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x','durationSeconds':60,'force':true}", "arguments has an unknown member \"force\"; allowed members: ")]
    [DataRow("connect_environment", "{'environmentId':'train-a','durationSeconds':60}", "nodePoolId is missing; it must be an id of 1 to 63")]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x','numRanks':'8','durationSeconds':60}", "numRanks must be an integer from 1")]
    [DataRow("connect_environment", "{'environmentId':'train-a','nodePoolId':'h100-8x','role':'trainer','durationSeconds':60}", "role must be the ARN of an IAM role")]
    [DataRow("set_lease", "{'environmentId':'train-a'}", "The end of the connection is missing")]
    [DataRow("disconnect_environment", "{'environmentId':'train-a','resetSnapshots':true}", "arguments has an unknown member \"resetSnapshots\"")]
    [DataRow("disconnect_environment", "['train-a']", "arguments must be an object with members environmentId.")]
    [DataRow("get_environment", "{'environmentId':'fw_test_0123456789'}", "environmentId must be an id of 1 to 63")]
    [DataRow("get_usage", "{'sinceDays':0}", "sinceDays must be an integer from 1 to 1825.")]
    public async Task A_bad_argument_is_named_with_what_it_takes_and_nothing_is_sent(string tool, string arguments, string message)
    {
        var result = await _it.CallAsync(tool, arguments); // the server is a strict mock, so any call fails

        var error = ErrorOf(result);
        Assert.StartsWith(message, error.GetProperty("message").GetString()!);
        Assert.AreEqual(-32602, error.GetProperty("code").GetInt32());
        Assert.DoesNotContain("fw_test", TextOf(result));
    }

    [TestMethod]
    public async Task An_end_that_the_server_refuses_has_the_name_of_the_argument()
    {
        _it.Server.Setup(static s => s.SetLeaseAsync(It.IsAny<SetLeaseParams>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new Companion.Server.InProcess.ServerException(-32602, "params.lease.until must be a time in the future, at most a year from now.", details: null));

        var result = await _it.CallAsync("set_lease", "{'environmentId':'train-a','until':'2001-01-01T00:00:00Z'}");

        Assert.StartsWith("until must be a time in the future", TextOf(result));
        Assert.AreEqual("notApplied", ErrorOf(result).GetProperty("data").GetProperty("outcome").GetString());
    }

    [TestMethod]
    public async Task Nothing_was_sent_if_the_plan_of_a_connect_fails()
    {
        _it.Server.Setup(static s => s.PlanConnectAsync(It.IsAny<PlanConnectParams>(), It.IsAny<CancellationToken>())).ThrowsAsync(Failure(14));

        var result = await _it.CallAsync("connect_environment", Connect);

        Assert.AreEqual("notApplied", ErrorOf(result).GetProperty("data").GetProperty("outcome").GetString());
    }

    [TestMethod]
    public async Task A_canceled_change_without_an_answer_is_unknown_and_a_canceled_read_is_not_a_change()
    {
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        _it.Server.Setup(static s => s.DisconnectAsync(It.IsAny<DisconnectParams>(), It.IsAny<CancellationToken>())).ThrowsAsync(new OperationCanceledException());
        _it.Server.Setup(static s => s.GetEnvironmentAsync(It.IsAny<GetEnvironmentParams>(), It.IsAny<CancellationToken>())).ThrowsAsync(new OperationCanceledException());

        var change = await _it.CallAsync("disconnect_environment", "{'environmentId':'train-a'}", canceled.Token);
        var read = await _it.CallAsync("get_environment", "{'environmentId':'train-a'}", canceled.Token);

        Assert.AreEqual("unknown", ErrorOf(change).GetProperty("data").GetProperty("outcome").GetString());
        Assert.IsFalse(ErrorOf(read).GetProperty("data").TryGetProperty("outcome", out _));
    }

    [TestMethod]
    public async Task A_defect_is_logged_and_doesnt_claim_that_nothing_changed()
    {
        _it.Server.Setup(static s => s.DisconnectAsync(It.IsAny<DisconnectParams>(), It.IsAny<CancellationToken>())).ThrowsAsync(new InvalidOperationException("of the test"));

        var result = await _it.CallAsync("disconnect_environment", "{'environmentId':'train-a'}");

        Assert.Contains("of the test", _it.Log.Single());
        Assert.DoesNotContain("of the test", TextOf(result));
        Assert.AreEqual("unknown", ErrorOf(result).GetProperty("data").GetProperty("outcome").GetString());
        Assert.Contains("Don't call disconnect_environment again", TextOf(result));
    }

    [TestMethod]
    [DataRow("{}", 30, false)]
    [DataRow("{'sinceDays':7,'groupBy':['day']}", 7, true)]
    public async Task Usage_goes_back_by_days(string arguments, int days, bool isGiven)
    {
        GetUsageParams? sent = null;
        _it.Server.Setup(static s => s.GetUsageAsync(It.IsAny<GetUsageParams>(), It.IsAny<CancellationToken>()))
            .Callback((GetUsageParams request, CancellationToken _) => sent = request)
            .ReturnsAsync(new UsageInfo { AccountId = "acme", Since = _it.Time.GetUtcNow(), Until = _it.Time.GetUtcNow(), Groups = [] });

        var result = await _it.CallAsync("get_usage", arguments);

        Assert.AreEqual(isGiven ? _it.Time.GetUtcNow().AddDays(-days) : null, sent!.Since);
        CollectionAssert.AreEqual((string[])(isGiven ? ["day"] : ["environment", "nodePool"]), sent.GroupBy!.ToArray());
        Assert.Contains("no connection", TextOf(result));
    }

    [TestMethod]
    public async Task Node_pools_have_their_room_even_if_the_gateways_list_has_none()
    {
        NodePoolInfo pool = new() { NodePoolId = "h100-8x", State = "READY", MaxNodeCount = 4 };
        NodePoolInfo unknown = new() { NodePoolId = "a100", State = "READY" };
        _it.Server.Setup(static s => s.ListNodePoolsAsync(It.IsAny<ListNodePoolsParams>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new ListNodePoolsResult { NodePools = [pool, unknown] });
        _it.Server.Setup(static s => s.GetNodePoolUsageAsync(It.Is<GetNodePoolUsageParams>(static r => r.NodePoolId == "h100-8x" && r.MaxNodeCount == 4), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new NodePoolUsage { FreeRanks = 1, CeilingRanks = 17, RanksPerNode = 8 });
        _it.Server.Setup(static s => s.GetNodePoolUsageAsync(It.Is<GetNodePoolUsageParams>(static r => r.NodePoolId == "a100"), It.IsAny<CancellationToken>()))
            .ThrowsAsync(Failure(8));

        var result = await _it.CallAsync("list_node_pools");

        Assert.AreEqual(
            "2 node pools\n- h100-8x is READY, 1 rank free now, 17 ranks free at its maximum size, 8 ranks per node\n- a100 is READY, free ranks unknown",
            TextOf(result));
    }
}
