using System.Buffers;
using System.IO.Pipelines;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class LifetimeTests
{
    [TestMethod]
    public async Task The_connection_ends_cleanly_when_the_client_closes_it()
    {
        await using var wire = new Wire();

        wire.CloseInput();

        Assert.AreEqual(DisconnectedReason.RemotePartyTerminated, (await wire.EndAsync()).Reason);
        await wire.Server.Completion;
    }

    [TestMethod]
    public async Task Disposal_ends_the_connection_cleanly_and_can_be_repeated()
    {
        var wire = new Wire();

        await Task.WhenAll(wire.DisposeAsync().AsTask(), wire.DisposeAsync().AsTask());
        await wire.DisposeAsync();

        Assert.AreEqual(DisconnectedReason.LocallyDisposed, (await wire.EndAsync()).Reason);
        await wire.Server.Completion;
    }

    [TestMethod]
    public async Task Running_requests_are_canceled_at_the_end()
    {
        var cancelled = new TaskCompletionSource();
        await using var wire = new Wire(rpc => rpc.Add(
            "wait",
            async (_, cancellationToken) =>
            {
                cancellationToken.Register(cancelled.SetResult);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
            TestJson.Default.Nothing));

        await wire.SendAsync(Request(1, "wait"));
        wire.CloseInput();

        await cancelled.Task.WaitAsync(Wire.Patience);
    }

    [TestMethod]
    public async Task Responses_to_all_received_requests_are_written_at_once()
    {
        var output = new GatedStream();
        output.Open();
        var input = Frames.Of([.. Enumerable.Range(0, 100).Select(i => Request(i, "nothing"))]);
        await using (var rpc = new TestConnection(output, new MemoryStream(input)))
        {
            Methods.AddTo(rpc);
            rpc.StartListening();
            await rpc.Completion.WaitAsync(Wire.Patience);
        }

        Assert.HasCount(100, Frames.Split(output.ToArray()));
        Assert.AreEqual(1, output.Writes);
    }

    [TestMethod]
    public async Task A_client_that_does_not_read_is_not_served()
    {
        const int Count = 200;
        var output = new GatedStream();
        var input = Frames.Of([.. Enumerable.Range(0, Count).Select(i => Request(i, "big"))]);
        var big = new string('x', 64 * 1024);
        var mostUnsent = 0L;
        await using (var rpc = new TestConnection(output, new MemoryStream(input)))
        {
            rpc.Add(
                "big",
                (_, _) =>
                {
                    mostUnsent = Math.Max(mostUnsent, rpc.Handler.UnsentBytes);
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
    public async Task A_write_failure_ends_the_connection_without_another_read()
    {
        await using var rpc = new TestConnection(new BrokenStream(), new Pipe().Reader.AsStream());
        rpc.StartListening();

        var call = rpc.InvokeAsync<string>("x", new Nothing());

        await Assert.ThrowsExactlyAsync<ConnectionLostException>(() => call.WaitAsync(Wire.Patience));
    }

    [TestMethod]
    public async Task Disposal_waits_one_second_for_unsent_messages()
    {
        var time = new ManualTime();
        var output = new GatedStream();
        var writer = new FrameWriter(output) { TimeProvider = time };
        writer.Write(static (_, buffer) => buffer.Write("{}"u8), 0);

        var disposal = writer.DisposeAsync().AsTask();
        Assert.AreEqual(TimeSpan.FromSeconds(1), await time.Started.WaitAsync(Wire.Patience));
        Assert.IsFalse(disposal.IsCompleted);
        time.Elapse();
        await disposal.WaitAsync(Wire.Patience);

        Assert.IsTrue(output.IsDisposed);
    }

    [TestMethod]
    public async Task Messages_are_collected_during_a_write_and_sent_on_disposal()
    {
        var output = new GatedStream();
        var writer = new FrameWriter(output) { TimeProvider = new ManualTime() };
        writer.Write(static (_, buffer) => buffer.Write("{}"u8), 0);
        var flush = writer.FlushAsync();
        for (var frames = 1; frames < 100; frames++)
            writer.Write(static (_, buffer) => buffer.Write("{}"u8), 0);

        var disposal = writer.DisposeAsync().AsTask();
        output.Open();
        await Task.WhenAll(flush, disposal).WaitAsync(Wire.Patience);

        Assert.HasCount(100, Frames.Split(output.ToArray()));
        Assert.AreEqual(2, output.Writes);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromException(new IOException("Broken pipe"));
    }

    /// <summary>An output stream that blocks until it's opened.</summary>
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

    /// <summary>A clock that only advances on request.</summary>
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
