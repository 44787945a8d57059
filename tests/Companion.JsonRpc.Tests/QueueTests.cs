using System.Collections.Concurrent;

namespace Companion.JsonRpc.Tests;

/// <summary>What happens when more comes than may run.</summary>
[TestClass]
public sealed class QueueTests
{
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
            rpc.Slots.MaxRunning = concurrent;
            rpc.Add(
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

        await wire.SendAsync([.. Enumerable.Range(0, Count).Select(i => Request(i, "start", $"[{i}]"))]);
        var replies = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            replies.Add(await wire.ReceiveAsync());

        CollectionAssert.AreEqual(Enumerable.Range(0, Count).ToArray(), started.ToArray());
        Assert.IsTrue(replies.SetEquals(Enumerable.Range(0, Count).Select(i => Result($"{i}", $"{i}"))));
    }

    [TestMethod]
    public async Task Beyond_the_bound_requests_wait_and_a_cancel_still_gets_in()
    {
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.Slots.MaxRunning = 2;
            calls.AddTo(rpc);
        });

        await wire.SendAsync([.. Enumerable.Range(1, 5).Select(i => Request(i, "call", $"[{i}]"))]);
        await wire.SendAsync(Cancel("4"), Cancel("1"));

        Assert.AreEqual(Error("4", -32800, Cancelled), await wire.ReceiveAsync());
        Assert.AreEqual(Error("1", -32800, Cancelled), await wire.ReceiveAsync());
        calls.Finish(3);
        Assert.AreEqual(Result("3", "3"), await wire.ReceiveAsync());
        calls.Finish(5);
        Assert.AreEqual(Result("5", "5"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Result("2", "2"), await wire.ReceiveAsync());
        Assert.AreEqual("1,2,3,5", string.Join(',', calls.Started));
    }

    [TestMethod]
    public async Task One_starts_at_a_time_even_where_a_handler_is_slow_to_start()
    {
        using var starting = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.Slots.MaxRunning = 3;
            calls.AddTo(rpc);
            rpc.Add(
                "slow to start",
                (_, _) =>
                {
                    reached.SetResult();
                    starting.Wait(Wire.Patience, CancellationToken.None);
                    return Task.CompletedTask;
                },
                TestJson.Default.Nothing);
        });

        await wire.SendAsync([.. Enumerable.Range(1, 3).Select(i => Request(i, "call", $"[{i}]"))]);
        await wire.SendAsync(Request(4, "slow to start"), Request(5, "call", "[5]"));
        await wire.AssertReadAsync();
        calls.Finish(1);
        await reached.Task.WaitAsync(Wire.Patience);
        calls.Finish(2); // room for 5, which waits behind 4
        Assert.AreEqual(Result("1", "1"), await wire.ReceiveAsync());
        Assert.AreEqual(Result("2", "2"), await wire.ReceiveAsync());
        await wire.SendAsync(Cancel("5"), Request(6, "call", "[6]"));
        Assert.AreEqual(Error("5", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.AssertReadAsync();
        Assert.AreEqual("1,2,3", string.Join(',', calls.Started));
        starting.Set();

        Assert.AreEqual(Result("4", "null"), await wire.ReceiveAsync());
        calls.Finish(6);
        Assert.AreEqual(Result("6", "6"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task The_queue_has_a_bound_and_its_places_come_free_again()
    {
        var calls = new Calls();
        await using var wire = new Wire(rpc =>
        {
            rpc.Slots.MaxRunning = 1;
            rpc.Slots.MaxWaiting = 1;
            calls.AddTo(rpc);
        });

        await wire.SendAsync(Request(1, "call", "[1]"), Request(2, "call", "[2]"), Request(3, "call", "[3]"));
        Assert.AreEqual(Error("3", -32000, Busy), await wire.ReceiveAsync());
        await wire.SendAsync(Cancel("2"));
        Assert.AreEqual(Error("2", -32800, Cancelled), await wire.ReceiveAsync());
        await wire.SendAsync(Request(4, "call", "[4]"), Request(5, "call", "[5]"));
        Assert.AreEqual(Error("5", -32000, Busy), await wire.ReceiveAsync());
        calls.Finish(1);
        calls.Finish(4);

        Assert.AreEqual(Result("1", "1"), await wire.ReceiveAsync());
        Assert.AreEqual(Result("4", "4"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task The_queue_is_bounded_in_bytes_too()
    {
        var calls = new Calls();
        var request = Request(2, "call", "[2]");
        await using var wire = new Wire(rpc =>
        {
            rpc.Slots.MaxRunning = 1;
            rpc.Slots.MaxWaitingBytes = 2 * request.Length;
            calls.AddTo(rpc);
        });

        await wire.SendAsync(Request(1, "call", "[1]"), request, Request(3, "call", "[33]"), Request(4, "call", "[4]"));
        Assert.AreEqual(Error("3", -32000, Busy), await wire.ReceiveAsync());
        await wire.SendAsync(Request(5, "call", "[5]"));
        Assert.AreEqual(Error("5", -32000, Busy), await wire.ReceiveAsync());
        calls.Finish(1);
        Assert.AreEqual(Result("1", "1"), await wire.ReceiveAsync());
        calls.Finish(2);
        Assert.AreEqual(Result("2", "2"), await wire.ReceiveAsync());
        await wire.SendAsync(Request(6, "call", "[6]"), Request(7, "call", "[7]"));
        calls.Finish(4);
        Assert.AreEqual(Result("4", "4"), await wire.ReceiveAsync());
        calls.Finish(6);
        Assert.AreEqual(Result("6", "6"), await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task Notifications_pass_requests_that_wait()
    {
        var calls = new Calls();
        var noticed = new TaskCompletionSource();
        await using var wire = new Wire(rpc =>
        {
            rpc.Slots.MaxRunning = 1;
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

        await wire.SendAsync(Request(1, "call", "[1]"), Request(2, "call", "[2]"), Notification("notice"));

        await noticed.Task.WaitAsync(Wire.Patience);
        Assert.AreEqual(1, calls.Started.Single());
    }
}
