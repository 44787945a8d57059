using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class TimeTests
{
    [TestMethod]
    [DataRow(false, 30)]
    [DataRow(true, 60)]
    public async Task A_call_has_a_time_limit(bool isPost, int seconds)
    {
        var asked = new TaskCompletionSource();
        await using var server = Silent(asked);
        using var gateway = new RealGateway(server.Url);
        var call = isPost ? gateway.Post() : gateway.Get();
        await asked.Task;
        gateway.Time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.IsFalse(call.IsCompleted);
        gateway.Time.Advance(TimeSpan.FromTicks(1));
        var e = await StubGateway.FailureOf(() => call);
        Assert.AreEqual((GoogleRpcCode.DeadlineExceeded, FaultKind.Timeout), (e.Code, e.Kind));
        Assert.Contains($"within {seconds} seconds", e.Message);
        Assert.AreEqual(0, gateway.Time.WaitingTimers);
    }

    [TestMethod]
    public async Task The_time_limit_includes_the_body()
    {
        var asked = new TaskCompletionSource();
        await using var server = Silent(asked, RawServer.Head("200 OK\r\nContent-Length: 100"));
        using var gateway = new RealGateway(server.Url);
        var call = gateway.Get();
        await asked.Task;
        gateway.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.AreEqual(FaultKind.Timeout, (await StubGateway.FailureOf(() => call)).Kind);
    }

    [TestMethod]
    public async Task A_body_without_progress_for_20_seconds_is_abandoned()
    {
        var asked = new TaskCompletionSource();
        await using var server = Silent(asked, RawServer.Head("200 OK\r\nContent-Length: 100"));
        using var gateway = new RealGateway(server.Url);
        var call = gateway.Post();
        await asked.Task;
        while (gateway.Time.WaitingTimers < 2)
            await Task.Yield(); // until the headers have arrived and the body is awaited
        gateway.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => call)).Kind);
    }

    [TestMethod]
    public async Task An_error_whose_body_never_comes_is_reported_after_the_time_limit()
    {
        var gateway = new StubGateway(
            _ => new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable) { Content = new StreamContent(new StuckStream()) });
        var call = gateway.Client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.IsFalse(call.IsCompleted);
        gateway.Time.Advance(TimeSpan.FromSeconds(30));
        var e = await StubGateway.FailureOf(() => call);
        Assert.AreEqual((FaultKind.ErrorResponse, 503), (e.Kind, e.HttpStatus));
    }

    [TestMethod]
    public async Task A_time_limit_that_expires_before_the_body_is_sent_means_not_sent()
    {
        var time = new TestTimeProvider();
        using var http = new HttpClient(new StubHandler(StuckAsync));
        var client = new GatewayClient(http, GatewayUrl.Default, () => StubGateway.Key, time, new RecordingLogger());
        var call = client.DisconnectEnvironmentAsync("a", "b", new GatewayDisconnectEnvironmentBody(), CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(60));
        var e = await StubGateway.FailureOf(() => call);
        Assert.AreEqual((FaultKind.NotSent, NotSentReason.ConnectTimeout), (e.Kind, e.NotSentReason));
    }

    [TestMethod]
    public async Task Cancellation_by_the_caller_is_not_a_failure()
    {
        var asked = new TaskCompletionSource();
        await using var server = Silent(asked);
        using var gateway = new RealGateway(server.Url);
        using var cancel = new CancellationTokenSource();
        var call = gateway.Client.GetAccountAsync("acme", cancel.Token);
        await asked.Task;
        await cancel.CancelAsync();
        var e = await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.AreEqual(cancel.Token, e.CancellationToken);
        Assert.IsEmpty(gateway.Log.Lines);
    }

    [TestMethod]
    public async Task Nothing_is_sent_after_cancellation()
    {
        var gateway = StubGateway.Answering("{}");
        var gone = new CancellationToken(canceled: true);
        await Assert.ThrowsAsync<OperationCanceledException>(() => gateway.Client.GetAccountAsync("acme", gone));
        Assert.IsEmpty(gateway.Sent);
    }

    private static RawServer Silent(TaskCompletionSource asked, byte[]? start = null) => new(async (socket, stop) =>
    {
        var head = await RawServer.ReadHeadAsync(socket, stop);
        if (head.StartsWith("POST", StringComparison.Ordinal) && !head.EndsWith("{}", StringComparison.Ordinal))
            await socket.ReceiveAsync(new byte[16], stop);
        if (start is not null)
            await socket.SendAsync(start, stop);
        asked.TrySetResult();
        while (await socket.ReceiveAsync(new byte[16], stop) > 0)
        {
        }
    });

    private static async Task<HttpResponseMessage> StuckAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        throw new InvalidOperationException();
    }

    private sealed class StuckStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }
    }
}
