using StreamJsonRpc;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class RequestTests
{
    private const string IdInUse = "Invalid request: a request with this id is still running";
    private const string Cancelled = "The request was canceled";
    private const string Busy = "The server is busy: too many requests are running";

    [TestMethod]
    public async Task Requests_run_concurrently()
    {
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync(Request(1, "call", "[1]"), Request(2, "call", "[2]"), Request(3, "nothing"));

        Assert.AreEqual(Result("3", "null"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Result("2", "2"), await wire.ReceiveAsync());
        calls.Finish(1);
        Assert.AreEqual(Result("1", "1"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task Methods_start_in_the_order_of_arrival()
    {
        const int Count = 500;
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync([.. Enumerable.Range(0, Count).Select(i => Request(i, "call", $"[{i}]"))]);
        await wire.AssertSilentAsync();

        CollectionAssert.AreEqual(Enumerable.Range(0, Count).ToArray(), calls.Started.ToArray());
    }

    [TestMethod]
    public async Task At_the_limit_requests_are_rejected_but_cancellations_and_notifications_are_not()
    {
        var calls = new Calls();
        var noticed = new TaskCompletionSource();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxRunning = 2;
            calls.AddTo(rpc);
            rpc.Add(
                "notice",
                (_, _) =>
                {
                    noticed.SetResult();
                    return Task.CompletedTask;
                },
                TestJson.Default.Nothing);
        });

        await wire.SendAsync([.. Enumerable.Range(1, 4).Select(i => Request(i, "call", $"[{i}]")), Notification("notice")]);
        Assert.AreEqual(Error("3", -32000, Busy), await wire.ReceiveAsync());
        Assert.AreEqual(Error("4", -32000, Busy), await wire.ReceiveAsync());
        await noticed.Task.WaitAsync(Wire.Patience);
        await wire.SendAsync(Cancel("1"));
        Assert.AreEqual(Error("1", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.SendAsync(Request(5, "call", "[5]"), Request(6, "call", "[6]"));
        Assert.AreEqual(Error("6", -32000, Busy), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Result("2", "2"), await wire.ReceiveAsync());
        calls.Finish(5);
        Assert.AreEqual(Result("5", "5"), await wire.ReceiveAsync());

        Assert.AreEqual("1,2,5", string.Join(',', calls.Started));
    }

    [TestMethod]
    public async Task An_id_in_use_is_rejected_and_the_first_request_continues()
    {
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync(Request(1, "call", "[1]"), Request(1, "nothing"));
        Assert.AreEqual(Error("1", -32600, IdInUse), await wire.ReceiveAsync());
        await wire.SendAsync("""{"jsonrpc":"2.0","id":"1","method":"nothing"}""", """{"jsonrpc":"2.0","id":null,"method":"nothing"}""");
        Assert.AreEqual(Result("\"1\"", "null"), await wire.ReceiveAsync());
        Assert.AreEqual(Result("null", "null"), await wire.ReceiveAsync());
        calls.Finish(1);
        Assert.AreEqual(Result("1", "1"), await wire.ReceiveAsync());
        await wire.SendAsync(Request(1, "nothing"), Request(1, "nothing"));

        Assert.AreEqual(Result("1", "null"), await wire.ReceiveAsync());
        Assert.AreEqual(Result("1", "null"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_cancellation_affects_only_the_request_with_its_id()
    {
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync(
            Request(1, "call", "[1]"), """{"jsonrpc":"2.0","id":"1","method":"call","params":[2]}""", Cancel("\"1\""), Cancel("2"),
            Cancel("1.5"), Cancel("null"));

        Assert.AreEqual(Error("\"1\"", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.AssertSilentAsync();
        calls.Finish(1);
        Assert.AreEqual(Result("1", "1"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_late_or_repeated_cancellation_has_no_effect()
    {
        var done = new TaskCompletionSource();
        await using var wire = new Wire(rpc => rpc.Add("stubborn", (_, _) => done.Task, TestJson.Default.Nothing));

        await wire.SendAsync(Request(1, "stubborn"), Cancel("1"), Cancel("1"));
        await wire.AssertSilentAsync();
        done.SetResult();

        Assert.AreEqual(Result("1", "null"), await wire.ReceiveAsync());
        await wire.SendAsync(Cancel("1"));
        await wire.AssertSilentAsync();
    }

    [TestMethod]
    public async Task Code_that_runs_on_cancellation_does_not_block_or_break_reading()
    {
        using var release = new ManualResetEventSlim();
        await using var wire = new Wire(rpc => rpc.Add(
            "call",
            async (_, cancellationToken) =>
            {
                cancellationToken.Register(() => throw new InvalidOperationException("thrown by a callback"));
                cancellationToken.Register(() => release.Wait(Wire.Patience, CancellationToken.None));
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            TestJson.Default.Nothing));

        await wire.SendAsync(Request(1, "call"), Cancel("1"));
        await wire.AssertSilentAsync(); // while the callback blocks, because the last one registered runs first
        release.Set();
        var failures = (AggregateException)(await wire.NextDiagnosticAsync()).Exception!;
        Assert.AreEqual("thrown by a callback", failures.InnerException!.Message);

        Assert.AreEqual(Error("1", -32800, Cancelled), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task The_gate_is_asked_before_anything_else_is_checked()
    {
        var asked = new List<string>();
        var exchange = await Exchange.RunAsync(
            Frames.Of(
                Request(1, "nothing"), Request(2, "unknown"), Request(3, "order", "5"), Notification("nothing"),
                Cancel("1"), Request(4, "echo", """{"value":"x"}""")),
            configure: rpc => rpc.Handler.Gate = method =>
            {
                asked.Add(method);
                return method == "echo" ? null
                    : new LocalRpcException("not yet") { ErrorCode = -32002 };
            });

        CollectionAssert.AreEqual(
            new[]
            {
                Error("1", -32002, "not yet"), Error("2", -32002, "not yet"), Error("3", -32002, "not yet"),
                Result("4", """{"value":"x"}"""),
            },
            exchange.Replies);
        CollectionAssert.AreEqual(
            new[] { "nothing", "unknown", "order", "nothing", "echo" }, asked);
        Assert.AreEqual(new JsonRpcDiagnostic("nothing", "ignored: not allowed now", null), exchange.Diagnostics.Single());
    }
}
