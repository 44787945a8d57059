using System.Globalization;
using System.Net;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Server.Pacing;
using Companion.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.Server.Tests.Environments;

/// <summary>Every read of the gateway client, with a gateway that doesn't respond at first.</summary>
[TestClass]
public sealed class ReadRetryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, (Func<IGateway, Task<object>> Ask, string Answer)> Questions = new()
    {
        ["GetEnvironment"] = (static async g => await g.GetEnvironmentAsync("acme", "e", CancellationToken.None), """{"name":"e"}"""),
        ["GetNodePool"] = (static async g => await g.GetNodePoolAsync("acme", "p", CancellationToken.None), """{"name":"p"}"""),
        ["GetNodePoolStats"] = (static async g => await g.GetNodePoolStatsAsync("acme", "p", CancellationToken.None), """{"nodeCount":1}"""),
        ["GetAccount"] = (static async g => await g.GetAccountAsync("acme", CancellationToken.None), """{"name":"accounts/acme"}"""),
        ["VerifyApiKey"] = (static async g => await g.VerifyApiKeyAsync(CancellationToken.None), ""),
        ["ListEnvironments"] = (static async g => await g.ListEnvironmentsAsync("acme", CancellationToken.None).CountAsync(), """{"environments":[{"name":"e"}]}"""),
        ["ListNodePools"] = (static async g => await g.ListNodePoolsAsync("acme", CancellationToken.None).CountAsync(), """{"nodePools":[{"name":"p"}]}"""),
        ["ListAwsIamRoleBindings"] = (
            static async g => await g.ListAwsIamRoleBindingsAsync("acme", CancellationToken.None).CountAsync(), """{"awsIamRoleBindings":[{"role":"r"}]}"""),
        ["ListAccounts"] = (static async g => await g.ListAccountsAsync(CancellationToken.None).CountAsync(), """{"accounts":[{"name":"accounts/acme"}]}"""),
    };

    private readonly TestTimeProvider _time = new();
    private readonly Queue<Func<HttpResponseMessage>> _answers = new();
    private readonly RequestRateLimiter _pace;
    private int _asked;

    public ReadRetryTests() => _pace = new RequestRateLimiter(_time);

    public static IEnumerable<object[]> EveryQuestionAndFault =>
        from question in Questions.Keys
        from fault in new[] { "reset", "502", "503", "504", "404", "410", "cut", "html", "error", "429" }
        select new object[] { question, fault };

    [TestMethod]
    [DynamicData(nameof(EveryQuestionAndFault))]
    public async Task A_read_is_retried_after_a_temporary_fault(string question, string fault)
    {
        var (ask, answer) = Questions[question];
        _answers.Enqueue(Faulty(fault));
        _answers.Enqueue(Faulty(fault));
        _answers.Enqueue(() => Answering(200, answer));
        var asking = ask(Gateway());
        await _time.AdvanceOnceAwaitedAsync(Second);
        await _time.AdvanceOnceAwaitedAsync(Second);
        Assert.IsNotNull(await asking);
        Assert.AreEqual(3, _asked);
    }

    [TestMethod]
    [DataRow(400, 3)]
    [DataRow(401, 16)]
    [DataRow(403, 7)]
    [DataRow(404, 5)]
    [DataRow(412, 9)]
    [DataRow(501, 12)]
    public async Task A_rejection_is_reported_at_once(int status, int code)
    {
        foreach (var (ask, _) in Questions.Values)
        {
            _asked = 0;
            _answers.Enqueue(() => Answering(status, $$"""{"code":{{code}}}"""));
            Assert.AreEqual(code, (int)(await Assert.ThrowsExactlyAsync<GatewayException>(() => ask(Gateway()))).Code);
            Assert.AreEqual(1, _asked);
        }
    }

    [TestMethod]
    public async Task After_the_budget_the_last_fault_is_reported()
    {
        foreach (var status in new[] { 503, 503, 503, 503, 502 })
            _answers.Enqueue(() => Answering(status, ""));
        var began = _time.GetTimestamp();
        var asking = Questions["ListNodePools"].Ask(Gateway());
        for (var backoff = 0.5; backoff <= 4; backoff *= 2)
            await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(backoff));
        Assert.AreEqual(502, (await Assert.ThrowsExactlyAsync<GatewayException>(() => asking)).HttpStatus);
        Assert.AreEqual((5, 7.5), (_asked, _time.GetElapsedTime(began).TotalSeconds));
    }

    [TestMethod]
    [DataRow("GetEnvironment")]
    [DataRow("ListEnvironments")]
    [DataRow("ListNodePools")]
    public async Task A_persistent_rate_limit_is_reported_within_the_budget(string question)
    {
        for (var i = 0; i < 20; i++)
            _answers.Enqueue(() => Answering(429, "", retryAfter: "1"));
        var began = _time.GetTimestamp();
        var asking = Questions[question].Ask(Gateway());
        while (!asking.IsCompleted && _time.GetElapsedTime(began) < 5 * ReadRetry.Budget)
            await Task.WhenAny(asking, _time.AdvanceOnceAwaitedAsync(Second));
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(() => asking);
        Assert.IsTrue(RequestRateLimiter.IsRateLimited(fault), fault.Message);
        Assert.IsTrue(_time.GetElapsedTime(began) <= ReadRetry.Budget, $"{_time.GetElapsedTime(began)}");
    }

    [TestMethod]
    public async Task A_persistently_missing_route_is_reported_as_such()
    {
        for (var i = 0; i < 5; i++)
            _answers.Enqueue(() => Answering(404, "<html><title>404</title></html>"));
        var asking = Questions["ListEnvironments"].Ask(Gateway());
        for (var backoff = 0.5; backoff <= 4; backoff *= 2)
            await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromSeconds(backoff));
        Assert.IsTrue((await Assert.ThrowsExactlyAsync<GatewayException>(() => asking)).IsRouteMissing);
    }

    [TestMethod]
    public async Task A_specified_wait_is_respected_within_the_budget()
    {
        _answers.Enqueue(() => Answering(503, "", retryAfter: "3"));
        _answers.Enqueue(() => Answering(200, """{"name":"e"}"""));
        var asking = Questions["GetEnvironment"].Ask(Gateway());
        await _time.AdvanceOnceAwaitedAsync(3 * Second);
        await asking;

        _answers.Enqueue(() => Answering(503, "", retryAfter: "11"));
        Assert.AreEqual(503, (await Assert.ThrowsExactlyAsync<GatewayException>(() => Questions["GetEnvironment"].Ask(Gateway()))).HttpStatus);
    }

    [TestMethod]
    public async Task Each_page_is_a_separate_read()
    {
        foreach (var list in new[] { "environments", "nodePools" })
        {
            _asked = 0;
            var seen = new List<int>();
            _answers.Enqueue(() => Answering(200, $$"""{"{{list}}":[{"name":"a"}],"nextPageToken":"2"}"""));
            _answers.Enqueue(Faulty("502"));
            _answers.Enqueue(() => Answering(200, $$"""{"{{list}}":[{"name":"a"},{"name":"b"}],"nextPageToken":"3"}"""));
            _answers.Enqueue(Faulty("html"));
            _answers.Enqueue(() => Answering(200, $$"""{"{{list}}":[{"name":"c"}]}"""));
            var reading = list == "environments"
                ? Gateway().ListEnvironmentsAsync("acme", CancellationToken.None).SelectMany(static page => page.Environments.Select(static e => e.EnvironmentId)).ToListAsync()
                : Gateway().ListNodePoolsAsync("acme", CancellationToken.None).SelectMany(static page => page.Select(static p => p.NodePoolId)).ToListAsync();
            await _time.AdvanceOnceAwaitedAsync(Second / 2);
            await _time.AdvanceOnceAwaitedAsync(Second / 2);
            CollectionAssert.AreEqual((string[])["a", "b", "c"], await reading);
            Assert.AreEqual(5, _asked);
        }
    }

    [TestMethod]
    public async Task A_slow_response_is_still_awaited_after_the_budget()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        var asking = Questions["GetEnvironment"].Ask(Gateway(slow.Task));
        _time.Advance(ReadRetry.Budget * 2);
        Assert.IsFalse(asking.IsCompleted);
        slow.SetResult(Answering(200, """{"name":"e"}"""));
        await asking;
    }

    [TestMethod]
    public async Task Canceling_ends_further_attempts()
    {
        using var caller = new CancellationTokenSource();
        _answers.Enqueue(Faulty("502"));
        var asking = Gateway().GetEnvironmentAsync("acme", "e", caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => asking);
        Assert.AreEqual(1, _asked);
    }

    [TestMethod]
    public async Task A_change_is_never_retried()
    {
        _answers.Enqueue(Faulty("503"));
        await Assert.ThrowsExactlyAsync<GatewayException>(
            () => Gateway().DisconnectEnvironmentAsync("acme", "e", new GatewayDisconnectEnvironmentBody(), CancellationToken.None));
        Assert.AreEqual((1, 0), (_asked, _time.WaitingTimers));
    }

    private static Func<HttpResponseMessage> Faulty(string fault) => fault switch
    {
        "reset" => static () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset"),
        "cut" => static () => new HttpResponseMessage { Content = new StreamContent(new CutStream()) },
        "html" => static () => Answering(200, "<html>sign in first</html>"),
        "error" => static () => Answering(200, """{"code":14}"""),
        _ => () => Answering(int.Parse(fault, CultureInfo.InvariantCulture), ""),
    };

    private static HttpResponseMessage Answering(int status, string body, string? retryAfter = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    private GatewayClient Gateway(Task<HttpResponseMessage>? answer = null)
    {
        Assert.IsTrue(GatewayUrl.TryParse("https://gateway.example", out var url, out _));
        var handler = new StubHandler(async (request, stop) =>
        {
            if (request.Content is not null)
                await request.Content.ReadAsStringAsync(stop);
            _asked++;
            return await (answer ?? Task.FromResult(_answers.Dequeue()()));
        });
        return new GatewayClient(
            new HttpClient(new RateLimitHandler(_pace, _time, handler)), url, static () => "fw_test_0123456789", _time, NullLogger.Instance, _pace,
            retry: new ReadRetry(_pace, _time, static () => 0));
    }

    private sealed class CutStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("cut");
    }
}
