using System.Text.Json;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class ErrorTests
{
    private static readonly string InternalError = Error("1", -32603, "Internal error");

    [TestMethod]
    [DataRow("throws", "fw_test_thrown")]
    [DataRow("throws later", "fw_test_later")]
    [DataRow("foreign cancel", "canceled")]
    [DataRow("several", "fw_test_first")]
    [DataRow("result", "fw_test_writing")]
    public async Task An_unexpected_exception_is_logged_and_never_sent(string method, string known)
    {
        await using var wire = new Wire(AddFailing);

        await wire.SendAsync(Request(1, method));

        Assert.AreEqual(InternalError, await wire.ReceiveAsync());
        var diagnostic = await wire.NextDiagnosticAsync();
        Assert.AreEqual(method, diagnostic.Method);
        StringAssert.Contains(diagnostic.Exception!.Message, known, StringComparison.Ordinal);
        await wire.AssertSilentAsync();
    }

    [TestMethod]
    public async Task A_failed_notification_is_only_logged()
    {
        await using var wire = new Wire(AddFailing);

        foreach (var method in new[] { "throws", "throws later" })
        {
            await wire.SendAsync(Notification(method));
            Assert.AreEqual(method, (await wire.NextDiagnosticAsync()).Method);
            await wire.AssertSilentAsync();
        }
    }

    [TestMethod]
    public async Task An_unexpected_failure_of_a_converter_is_an_internal_error()
    {
        var exchange = await Exchange.RunAsync(
            Frames.Of(
                Request(1, "unbindable", """{"value":1}"""),
                Request(2, "nothing")),
            configure: rpc => rpc.Add("unbindable", (_, _) => Task.CompletedTask, TestJson.Default.Unbindable));

        Assert.AreEqual(InternalError, exchange.Replies[0]);
        Assert.AreEqual(Result("2", "null"), exchange.Replies[1]);
        Assert.AreEqual("fw_test_binding", exchange.Diagnostics[0].Exception!.Message);
    }

    [TestMethod]
    public async Task A_LocalRpcException_is_sent_unchanged()
    {
        var exchange = await Exchange.RunAsync(
            Frames.Of(Request(1, "chosen"), Request(2, "plain"), Request(3, "undefined"), Request(4, "half")),
            configure: rpc =>
            {
                var inner = new InvalidOperationException("fw_test_inner");
                Add(rpc, "chosen", () => throw new LocalRpcException("No \"free\" ranks.", inner)
                {
                    ErrorCode = 9,
                    ErrorData = JsonElement.Parse("""{"status":"BUSY","n":[1]}"""),
                });
                Add(rpc, "plain", () => Task.FromException(new LocalRpcException("No.")));
                Add(rpc, "undefined", () => throw new LocalRpcException("x") { ErrorData = default(JsonElement) });
                Add(rpc, "half", () => throw new LocalRpcException("a\ud800b"));
            });

        CollectionAssert.AreEqual(
            new[]
            {
                """{"jsonrpc":"2.0","id":1,"error":{"code":9,"message":"No \"free\" ranks.","data":{"status":"BUSY","n":[1]}}}""",
                Error("2", -32000, "No."),
                Error("3", -32603, "Internal error"),
                Error("4", -32000, "a\\uFFFDb"),
            },
            exchange.Replies);
    }

    private static void AddFailing(TestConnection rpc)
    {
        Add(rpc, "throws", () => throw new InvalidOperationException("fw_test_thrown"));
        Add(rpc, "throws later", async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("fw_test_later");
        });
        Add(rpc, "foreign cancel", () => throw new OperationCanceledException("fw_test_foreign"));
        Add(rpc, "several", () => Task.WhenAll(
            Task.FromException(new FormatException("fw_test_first")), Task.FromException(new FormatException("fw_test_second"))));
        rpc.Add(
            "result", (_, _) => Task.FromResult(new Unserialisable()), TestJson.Default.Nothing, TestJson.Default.Unserialisable);
    }

    private static void Add(TestConnection rpc, string method, Func<Task> handler) =>
        rpc.Add(method, (_, _) => handler(), TestJson.Default.Nothing);
}
