using System.IO.Pipelines;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class LifetimeTests
{
    [TestMethod]
    public async Task The_peer_closing_is_an_orderly_end()
    {
        await using var wire = new Wire();

        wire.CloseInput();

        Assert.AreEqual(DisconnectedReason.RemotePartyTerminated, (await wire.EndAsync()).Reason);
        await wire.Server.Completion;
    }

    [TestMethod]
    public async Task Disposal_is_an_orderly_end_and_may_be_repeated()
    {
        var wire = new Wire();

        await Task.WhenAll(wire.DisposeAsync().AsTask(), wire.DisposeAsync().AsTask());
        await wire.DisposeAsync();

        Assert.AreEqual(DisconnectedReason.LocallyDisposed, (await wire.EndAsync()).Reason);
        await wire.Server.Completion;
    }

    [TestMethod]
    public async Task Disposal_before_listening_closes_the_streams()
    {
        var pipe = new Pipe();
        await new JsonRpc(new HeaderDelimitedMessageHandler(pipe.Writer, new Pipe().Reader)).DisposeAsync();

        Assert.IsTrue((await pipe.Reader.ReadAsync()).IsCompleted);
    }

    [TestMethod]
    public async Task What_runs_is_cancelled_at_the_end_and_what_waits_is_never_run()
    {
        var cancelled = new TaskCompletionSource();
        var runs = 0;
        await using var wire = new Wire(rpc =>
        {
            rpc.MaxConcurrentRequests = 1;
            rpc.AddLocalRpcMethod(
                "wait",
                async (_, cancellationToken) =>
                {
                    Interlocked.Increment(ref runs);
                    cancellationToken.Register(cancelled.SetResult);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                },
                TestJson.Default.Nothing);
        });

        await wire.SendAsync(Request(1, "wait"), Request(2, "wait"));
        wire.CloseInput();
        await cancelled.Task.WaitAsync(Wire.Patience);
        await wire.DisposeAsync();

        Assert.AreEqual(1, runs);
    }

    [TestMethod]
    public async Task A_notification_is_cancelled_at_the_end_too()
    {
        var cancelled = new TaskCompletionSource();
        await using var wire = new Wire(rpc => rpc.AddLocalRpcMethod(
            "wait",
            (_, cancellationToken) =>
            {
                cancellationToken.Register(cancelled.SetResult);
                return Task.Delay(Timeout.Infinite, cancellationToken);
            },
            TestJson.Default.Nothing));

        await wire.SendAsync(Notification("wait"));
        wire.CloseInput();

        await cancelled.Task.WaitAsync(Wire.Patience);
    }

    [TestMethod]
    public async Task A_stream_that_cannot_be_read_ends_the_connection_with_its_error()
    {
        var input = new Pipe();
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(new Pipe().Writer, input.Reader));
        JsonRpcDisconnectedEventArgs? end = null;
        rpc.Disconnected += (_, e) => end = e;
        rpc.StartListening();

        await input.Writer.CompleteAsync(new IOException("broken"));

        var error = await Assert.ThrowsExactlyAsync<IOException>(() => rpc.Completion.WaitAsync(Wire.Patience));
        Assert.AreEqual(("broken", DisconnectedReason.StreamError, "reading failed"), (error.Message, end!.Reason, end.Description));
    }

    [TestMethod]
    public async Task A_stream_that_cannot_be_written_ends_the_connection_though_nothing_more_is_read()
    {
        var input = new Pipe();
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(new BrokenStream(), input.Reader.AsStream()));
        rpc.StartListening();

        var call = rpc.InvokeWithParameterObjectAsync("x", new Nothing(), TestJson.Default.Nothing, TestJson.Default.Nothing);

        await Assert.ThrowsExactlyAsync<ConnectionLostException>(() => call.WaitAsync(Wire.Patience));
        await Assert.ThrowsExactlyAsync<IOException>(() => rpc.Completion.WaitAsync(Wire.Patience));
        await rpc.DisposeAsync();
    }

    [TestMethod]
    public async Task A_listener_that_fails_does_not_stop_the_end()
    {
        await using var wire = new Wire(rpc => rpc.Disconnected += (_, _) => throw new InvalidOperationException("fw_test_listener"));

        wire.CloseInput();
        await wire.EndAsync();

        Assert.AreEqual("fw_test_listener", (await wire.NextDiagnosticAsync()).Exception!.Message);
    }

    [TestMethod]
    public async Task What_is_unsent_has_one_second_at_disposal()
    {
        var time = new ManualTime();
        var output = new GatedStream();
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, new Pipe().Reader.AsStream()) { TimeProvider = time });
        var sent = rpc.NotifyWithParameterObjectAsync("x", new Nothing(), TestJson.Default.Nothing);

        var disposal = rpc.DisposeAsync().AsTask();
        Assert.AreEqual(TimeSpan.FromSeconds(1), await time.Started.WaitAsync(Wire.Patience));
        Assert.IsFalse(disposal.IsCompleted);
        time.Elapse();
        await disposal.WaitAsync(Wire.Patience);

        Assert.IsTrue(output.IsDisposed);
        await sent.WaitAsync(Wire.Patience);
    }

    [TestMethod]
    public async Task What_is_unsent_goes_out_at_disposal()
    {
        var output = new GatedStream();
        var handler = new HeaderDelimitedMessageHandler(output, new Pipe().Reader.AsStream()) { TimeProvider = new ManualTime() };
        var rpc = new JsonRpc(handler);
        _ = rpc.NotifyWithParameterObjectAsync("x", new Nothing(), TestJson.Default.Nothing);
        _ = rpc.NotifyWithParameterObjectAsync("y", new Nothing(), TestJson.Default.Nothing);

        var disposal = rpc.DisposeAsync().AsTask();
        output.Open();
        await disposal.WaitAsync(Wire.Patience);

        Assert.HasCount(2, Frames.Split(output.ToArray()));
    }

    [TestMethod]
    public async Task Replies_to_all_that_has_come_go_out_in_one_write()
    {
        var output = new GatedStream();
        output.Open();
        var input = Frames.Of([.. Enumerable.Range(0, 100).Select(i => Request(i, "nothing"))]);
        await using (var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, new MemoryStream(input))))
        {
            Methods.AddTo(rpc);
            rpc.StartListening();
            await rpc.Completion.WaitAsync(Wire.Patience);
        }

        Assert.HasCount(100, Frames.Split(output.ToArray()));
        Assert.AreEqual(1, output.Writes);
    }

    [TestMethod]
    public async Task Frames_gather_while_a_write_is_under_way()
    {
        var output = new GatedStream();
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, new Pipe().Reader.AsStream()));

        var sent = Enumerable.Range(0, 100)
            .Select(_ => rpc.NotifyWithParameterObjectAsync("x", new Nothing(), TestJson.Default.Nothing)).ToList();
        output.Open();
        await Task.WhenAll(sent).WaitAsync(Wire.Patience);

        Assert.HasCount(100, Frames.Split(output.ToArray()));
        Assert.AreEqual(2, output.Writes);
        await rpc.DisposeAsync();
    }

    [TestMethod]
    public async Task Who_does_not_read_is_not_served()
    {
        const int Count = 200;
        var output = new GatedStream();
        var handler = new HeaderDelimitedMessageHandler(
            output, new MemoryStream(Frames.Of([.. Enumerable.Range(0, Count).Select(i => Request(i, "big"))])));
        var big = new string('x', 64 * 1024);
        var mostUnsent = 0;
        await using (var rpc = new JsonRpc(handler))
        {
            rpc.AddLocalRpcMethod(
                "big",
                (_, _) =>
                {
                    mostUnsent = Math.Max(mostUnsent, handler.UnsentBytes);
                    return Task.FromResult(big);
                },
                TestJson.Default.Nothing,
                TestJson.Default.String);
            rpc.StartListening();
            output.Open();
            await rpc.Completion.WaitAsync(Wire.Patience);
        }

        Assert.HasCount(Count, Frames.Split(output.ToArray()));
        Assert.IsLessThan(2 * 1024 * 1024, mostUnsent);
    }

    [TestMethod]
    public async Task Methods_are_added_once_and_before_listening()
    {
        await using var wire = new Wire();
        var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(new Pipe().Writer, new Pipe().Reader));
        Methods.AddTo(rpc);

        Assert.ThrowsExactly<ArgumentException>(() => Methods.AddTo(rpc));
        Assert.ThrowsExactly<InvalidOperationException>(
            () => wire.Server.AddLocalRpcMethod("late", (_, _) => Task.CompletedTask, TestJson.Default.Nothing));
        Assert.ThrowsExactly<InvalidOperationException>(wire.Server.StartListening);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("Broken pipe"));
    }

    /// <summary>Output that takes nothing before it is opened.</summary>
    private sealed class GatedStream : MemoryStream
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Writes { get; private set; }

        public bool IsDisposed { get; private set; }

        public void Open() => _gate.SetResult();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _gate.Task.WaitAsync(cancellationToken);
            Writes++;
            Write(buffer.Span);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }

    /// <summary>A clock on which time passes when the test says so.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly TaskCompletionSource<TimeSpan> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action _elapse = () => { };

        public Task<TimeSpan> Started => _started.Task;

        public void Elapse() => _elapse();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _elapse = () => callback(state);
            _started.TrySetResult(dueTime);
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
