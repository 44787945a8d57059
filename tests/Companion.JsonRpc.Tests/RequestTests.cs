using System.Collections.Concurrent;
using Companion.JsonRpc.Tests.Support;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class RequestTests
{
    private const string IdInUse = "Invalid request: a request with this id is not answered yet";
    private const string Busy = "The server is busy: too many requests are waiting";
    private const string Cancelled = "The request was cancelled";

    [TestMethod]
    [DataRow(1)]
    [DataRow(4)]
    [DataRow(1024)]
    public async Task Handlers_start_in_the_order_of_arrival(int concurrent)
    {
        const int Count = 500;
        var started = new ConcurrentQueue<int>();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = concurrent;
            rpc.AddLocalRpcMethod(
                "start",
                async (numbers, _) =>
                {
                    started.Enqueue(numbers[0]);
                    await Task.Yield();
                    return numbers[0];
                },
                TestJson.Default.Int32Array,
                TestJson.Default.Int32);
        });

        await wire.SendAsync([.. Enumerable.Range(0, Count).Select(i => Frames.Request(i, "start", $"[{i}]"))]);
        var replies = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            replies.Add(await wire.ReceiveAsync());

        CollectionAssert.AreEqual(Enumerable.Range(0, Count).ToArray(), started.ToArray());
        Assert.IsTrue(replies.SetEquals(Enumerable.Range(0, Count).Select(i => Frames.Result($"{i}", $"{i}"))));
    }

    [TestMethod]
    public async Task Requests_run_concurrently()
    {
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync(Frames.Request(1, "call", "[1]"), Frames.Request(2, "call", "[2]"), Frames.Request(3, "nothing"));

        Assert.AreEqual(Frames.Result("3", "null"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Frames.Result("2", "2"), await wire.ReceiveAsync());
        calls.Finish(1);
        Assert.AreEqual(Frames.Result("1", "1"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task Beyond_the_bound_requests_wait_and_a_cancel_still_gets_in()
    {
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 2;
            calls.AddTo(rpc);
        });

        await wire.SendAsync([.. Enumerable.Range(1, 5).Select(i => Frames.Request(i, "call", $"[{i}]"))]);
        await wire.SendAsync(Frames.Cancel("4"), Frames.Cancel("1"));

        Assert.AreEqual(Frames.Error("4", -32800, Cancelled), await wire.ReceiveAsync());
        Assert.AreEqual(Frames.Error("1", -32800, Cancelled), await wire.ReceiveAsync());
        calls.Finish(3);
        Assert.AreEqual(Frames.Result("3", "3"), await wire.ReceiveAsync());
        calls.Finish(5);
        Assert.AreEqual(Frames.Result("5", "5"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Frames.Result("2", "2"), await wire.ReceiveAsync());
        Assert.AreEqual("1,2,3,5", string.Join(',', calls.Started));
    }

    [TestMethod]
    public async Task Who_comes_while_a_place_becomes_free_does_not_pass_those_who_wait()
    {
        using var writing = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 1;
            calls.AddTo(rpc);
            rpc.AddLocalRpcMethod(
                "slow to write",
                async (_, _) =>
                {
                    await calls.RunAsync([1], CancellationToken.None);
                    return new Slow(reached, writing);
                },
                TestJson.Default.Nothing,
                TestJson.Default.Slow);
        });

        await wire.SendAsync(Frames.Request(1, "slow to write"), Frames.Request(2, "call", "[2]"));
        await wire.AssertReadAsync();
        calls.Finish(1);
        await reached.Task.WaitAsync(Wire.Patience); // 1 has made room, and 2 is not started yet
        await wire.SendAsync(Frames.Request(3, "call", "[3]"));
        await wire.AssertReadAsync();
        writing.Set();
        Assert.AreEqual(Frames.Result("1", "{}"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Frames.Result("2", "2"), await wire.ReceiveAsync());
        calls.Finish(3);
        Assert.AreEqual(Frames.Result("3", "3"), await wire.ReceiveAsync());

        Assert.AreEqual("1,2,3", string.Join(',', calls.Started));
    }

    [TestMethod]
    public async Task One_starts_at_a_time_even_where_a_handler_is_slow_to_start()
    {
        using var starting = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 3;
            calls.AddTo(rpc);
            rpc.AddLocalRpcMethod(
                "slow to start",
                (_, _) =>
                {
                    reached.SetResult();
                    starting.Wait(Wire.Patience, CancellationToken.None);
                    return Task.CompletedTask;
                },
                TestJson.Default.Nothing);
        });

        await wire.SendAsync([.. Enumerable.Range(1, 3).Select(i => Frames.Request(i, "call", $"[{i}]"))]);
        await wire.SendAsync(Frames.Request(4, "slow to start"), Frames.Request(5, "call", "[5]"));
        await wire.AssertReadAsync();
        calls.Finish(1);
        await reached.Task.WaitAsync(Wire.Patience);
        calls.Finish(2); // room for 5, which waits behind 4
        Assert.AreEqual(Frames.Result("1", "1"), await wire.ReceiveAsync());
        Assert.AreEqual(Frames.Result("2", "2"), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Cancel("5"), Frames.Request(6, "call", "[6]"));
        Assert.AreEqual(Frames.Error("5", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.AssertReadAsync();
        Assert.AreEqual("1,2,3", string.Join(',', calls.Started));
        starting.Set();

        Assert.AreEqual(Frames.Result("4", "null"), await wire.ReceiveAsync());
        calls.Finish(6);
        Assert.AreEqual(Frames.Result("6", "6"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task The_queue_has_a_bound_and_its_places_come_free_again()
    {
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 1;
            rpc.MaxQueuedRequests = 1;
            calls.AddTo(rpc);
        });

        await wire.SendAsync(Frames.Request(1, "call", "[1]"), Frames.Request(2, "call", "[2]"), Frames.Request(3, "call", "[3]"));
        Assert.AreEqual(Frames.Error("3", -32000, Busy), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Cancel("2"));
        Assert.AreEqual(Frames.Error("2", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Request(4, "call", "[4]"), $"[{Frames.Request(5, "call", "[5]")}]");
        Assert.AreEqual($"[{Frames.Error("5", -32000, Busy)}]", await wire.ReceiveAsync());
        calls.Finish(1);
        calls.Finish(4);

        Assert.AreEqual(Frames.Result("1", "1"), await wire.ReceiveAsync());
        Assert.AreEqual(Frames.Result("4", "4"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task The_queue_is_bounded_in_bytes_too()
    {
        var calls = new Calls();
        var request = Frames.Request(2, "call", "[2]");
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 1;
            rpc.MaxQueuedBytes = 2 * request.Length;
            calls.AddTo(rpc);
        });

        await wire.SendAsync(Frames.Request(1, "call", "[1]"), request, Frames.Request(3, "call", "[33]"), Frames.Request(4, "call", "[4]"));
        Assert.AreEqual(Frames.Error("3", -32000, Busy), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Request(5, "call", "[5]"));
        Assert.AreEqual(Frames.Error("5", -32000, Busy), await wire.ReceiveAsync());
        calls.Finish(1);
        Assert.AreEqual(Frames.Result("1", "1"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Frames.Result("2", "2"), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Request(6, "call", "[6]"), Frames.Request(7, "call", "[7]"));
        calls.Finish(4);
        Assert.AreEqual(Frames.Result("4", "4"), await wire.ReceiveAsync());
        calls.Finish(6);
        Assert.AreEqual(Frames.Result("6", "6"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task An_id_in_use_is_refused_and_the_first_request_goes_on_unharmed()
    {
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync(Frames.Request(1, "call", "[1]"), Frames.Request(1, "nothing"));
        Assert.AreEqual(Frames.Error("1", -32600, IdInUse), await wire.ReceiveAsync());
        await wire.SendAsync("""{"jsonrpc":"2.0","id":"1","method":"nothing"}""", """{"jsonrpc":"2.0","id":null,"method":"nothing"}""");
        Assert.AreEqual(Frames.Result("\"1\"", "null"), await wire.ReceiveAsync());
        Assert.AreEqual(Frames.Result("null", "null"), await wire.ReceiveAsync());
        calls.Finish(1);
        Assert.AreEqual(Frames.Result("1", "1"), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Request(1, "nothing"), Frames.Request(1, "nothing"));

        Assert.AreEqual(Frames.Result("1", "null"), await wire.ReceiveAsync());
        Assert.AreEqual(Frames.Result("1", "null"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_cancel_means_the_id_that_it_names_and_no_other()
    {
        var calls = new Calls();
        await using var wire = new Wire(calls.AddTo);

        await wire.SendAsync(
            Frames.Request(1, "call", "[1]"), """{"jsonrpc":"2.0","id":"1","method":"call","params":[2]}""", Frames.Cancel("\"1\""), Frames.Cancel("2"),
            Frames.Cancel("1.0"), Frames.Cancel("null"));

        Assert.AreEqual(Frames.Error("\"1\"", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.AssertSilentAsync();
        calls.Finish(1);
        Assert.AreEqual(Frames.Result("1", "1"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_cancel_that_comes_too_late_or_twice_changes_nothing()
    {
        var done = new TaskCompletionSource();
        await using var wire = new Wire(rpc => rpc.AddLocalRpcMethod("stubborn", (_, _) => done.Task, TestJson.Default.Nothing));

        await wire.SendAsync(Frames.Request(1, "stubborn"), Frames.Cancel("1"), Frames.Cancel("1"));
        await wire.AssertSilentAsync();
        done.SetResult();

        Assert.AreEqual(Frames.Result("1", "null"), await wire.ReceiveAsync());
        await wire.SendAsync(Frames.Cancel("1"));
        await wire.AssertSilentAsync();
    }

    [TestMethod]
    public async Task Code_that_runs_on_a_cancel_neither_stalls_nor_breaks_the_reading()
    {
        using var release = new ManualResetEventSlim();
        await using var wire = new Wire(rpc => rpc.AddLocalRpcMethod(
            "call",
            async (_, cancellationToken) =>
            {
                cancellationToken.Register(() => throw new InvalidOperationException("thrown by a callback"));
                cancellationToken.Register(() => release.Wait(Wire.Patience, CancellationToken.None));
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            TestJson.Default.Nothing));

        await wire.SendAsync(Frames.Request(1, "call"), Frames.Cancel("1"));
        await wire.AssertSilentAsync(); // while the callback blocks: the last one registered runs first
        release.Set();
        var failures = (AggregateException)(await wire.NextDiagnosticAsync()).Exception!;
        Assert.AreEqual("thrown by a callback", failures.InnerException!.Message);

        Assert.AreEqual(Frames.Error("1", -32800, Cancelled), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task Notifications_pass_requests_that_wait()
    {
        var calls = new Calls();
        var noticed = new TaskCompletionSource();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 1;
            calls.AddTo(rpc);
            rpc.AddLocalRpcMethod("notice", (_, _) => { noticed.SetResult(); return Task.CompletedTask; }, TestJson.Default.Nothing);
        });

        await wire.SendAsync(Frames.Request(1, "call", "[1]"), Frames.Request(2, "call", "[2]"), Frames.Notification("notice"));

        await noticed.Task.WaitAsync(Wire.Patience);
        Assert.AreEqual(1, calls.Started.Single());
    }

    [TestMethod]
    public async Task Only_so_many_notifications_run_at_once()
    {
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 1;
            calls.AddTo(rpc);
        });

        await wire.SendAsync(Frames.Notification("call", "[1]"), Frames.Notification("call", "[2]"));
        await wire.AssertSilentAsync();

        Assert.AreEqual(1, calls.Started.Single());
        Assert.AreEqual(new JsonRpcDiagnostic("call", "ignored: too many notifications are running", null), await wire.NextDiagnosticAsync());
    }

    [TestMethod]
    public async Task The_gate_answers_before_anything_else_is_looked_at()
    {
        var asked = new List<(string, bool)>();
        var exchange = await Exchange.RunAsync(
            Frames.Of(
                Frames.Request(1, "nothing"), Frames.Request(2, "unknown"), Frames.Request(3, "order", "5"), Frames.Notification("nothing"),
                Frames.Cancel("1"), Frames.Request(4, "echo", """{"value":"x"}""")),
            configure: rpc => rpc.Gate = (method, isNotification) =>
            {
                asked.Add((method, isNotification));
                return method == "echo" ? null : new LocalRpcException("not yet") { ErrorCode = (int)JsonRpcErrorCode.ServerNotInitialized };
            });

        CollectionAssert.AreEqual(
            new[]
            {
                Frames.Error("1", -32002, "not yet"), Frames.Error("2", -32002, "not yet"), Frames.Error("3", -32002, "not yet"),
                Frames.Result("4", """{"value":"x"}"""),
            },
            exchange.Replies);
        CollectionAssert.AreEqual(
            new[] { ("nothing", false), ("unknown", false), ("order", false), ("nothing", true), ("echo", false) }, asked);
        Assert.AreEqual(new JsonRpcDiagnostic("nothing", "ignored: not allowed now", null), exchange.Diagnostics.Single());
    }

    /// <summary>Requests that end when the test says so: <c>call</c> with a number as its only param.</summary>
    private sealed class Calls
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _calls = [];

        public ConcurrentQueue<int> Started { get; } = [];

        public void AddTo(JsonRpc rpc) =>
            rpc.AddLocalRpcMethod("call", RunAsync, TestJson.Default.Int32Array, TestJson.Default.Int32);

        public void Finish(int number) => Get(number).TrySetResult(number);

        public async Task<int> RunAsync(int[] numbers, CancellationToken cancellationToken)
        {
            Started.Enqueue(numbers[0]);
            return await Get(numbers[0]).Task.WaitAsync(cancellationToken);
        }

        private TaskCompletionSource<int> Get(int number) =>
            _calls.GetOrAdd(number, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
