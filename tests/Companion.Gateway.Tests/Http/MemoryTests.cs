using System.Runtime.InteropServices;
using Companion.Gateway.Api;
using Companion.Gateway.Network;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class MemoryTests
{
    private const int Small = 16 * 1024;
    private const int Lent = 256 * 1024;
    private const int Mebibyte = 1024 * 1024;

    private readonly ResponseBuffers _buffers = new();

    [TestMethod]
    public async Task Large_responses_are_read_one_at_a_time()
    {
        var first = new Body { PausesAt = Lent + 1 };
        var second = new Body();
        var reading = Get(first);
        await first.Paused;
        var waiting = Get(second);
        Assert.IsFalse(waiting.IsCompleted);
        Assert.AreEqual(Lent, second.Taken);
        first.GoOn();
        Assert.AreEqual("train-a", (await reading).EnvironmentId);
        Assert.AreEqual("train-a", (await waiting).EnvironmentId);
        Assert.AreEqual(Mebibyte, second.Taken);
    }

    [TestMethod]
    public async Task Sixteen_medium_responses_are_read_at_a_time()
    {
        var first = Enumerable.Range(0, 16).Select(_ => new Body { PausesAt = Small + 1 }).ToArray();
        var reading = Array.ConvertAll(first, body => Get(body));
        await Task.WhenAll(first.Select(body => body.Paused));
        var next = new Body();
        var waiting = Get(next);
        Assert.IsFalse(waiting.IsCompleted);
        Assert.AreEqual(0, next.Taken);
        foreach (var body in first)
            body.GoOn();
        await Task.WhenAll(reading);
        Assert.AreEqual("train-a", (await waiting).EnvironmentId);
    }

    [TestMethod]
    public async Task A_canceled_waiter_is_skipped()
    {
        using var caller = new CancellationTokenSource();
        var first = new Body { PausesAt = Lent + 1 };
        var reading = Get(first, caller.Token);
        await first.Paused;
        await caller.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => reading);
        Assert.AreEqual("train-a", (await Get(new Body())).EnvironmentId);
    }

    // A socket keeps its last buffer until its connection is closed.
    [TestMethod]
    public async Task Connections_never_keep_large_buffers()
    {
        var body = new Body();
        await Get(body);
        Assert.AreEqual(Mebibyte, body.Taken);
        Assert.IsLessThanOrEqualTo(Lent, body.LongestBuffer);
    }

    [TestMethod]
    public async Task The_number_of_connections_is_limited()
    {
        const int Most = GatewayHttp.MaxConnections;
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (now, most) = (0, 0);
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadHeadAsync(socket, stop);
            if (Interlocked.Increment(ref now) is var count && count >= Most)
                full.TrySetResult();
            InterlockedMax(ref most, count);
            await full.Task.WaitAsync(stop);
            Interlocked.Decrement(ref now);
            await socket.SendAsync(RawServer.Head("200 OK\r\nContent-Length: 18\r\nConnection: close"), stop);
            await socket.SendAsync("{\"name\":\"train-a\"}"u8.ToArray(), stop);
        });
        using var gateway = new RealGateway(server.Url);
        await Task.WhenAll(Enumerable.Range(0, Most + 4).Select(_ => gateway.Get()));
        Assert.AreEqual(Most, most);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (int seen; (seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen;)
        {
        }
    }

    private Task<GatewayEnvironment> Get(Body body, CancellationToken cancellationToken = default) =>
        new StubGateway(_ => new HttpResponseMessage { Content = new StreamContent(body) }).With(_buffers)
            .Client.GetEnvironmentAsync("acme", "train-a", cancellationToken);

    /// <summary>A body of 1 MB with a single environment, which can pause.</summary>
    private sealed class Body() : MemoryStream(Content())
    {
        private readonly TaskCompletionSource _paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int PausesAt { get; init; } = int.MaxValue;

        public Task Paused => _paused.Task;

        public int Taken { get; private set; }

        public int LongestBuffer { get; private set; }

        public void GoOn() => _goOn.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (MemoryMarshal.TryGetArray<byte>(buffer, out var segment))
                LongestBuffer = Math.Max(LongestBuffer, segment.Array!.Length);
            if (Taken >= PausesAt)
            {
                _paused.TrySetResult();
                await _goOn.Task.WaitAsync(cancellationToken);
            }

            var count = Read(buffer.Span);
            Taken += count;
            return count;
        }

        private static byte[] Content()
        {
            var content = new byte[Mebibyte];
            content.AsSpan().Fill((byte)' ');
            """{"name":"train-a"}"""u8.CopyTo(content);
            return content;
        }
    }
}
