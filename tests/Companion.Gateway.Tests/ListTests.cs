using Companion.Gateway.Api;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests;

[TestClass]
public sealed class ListTests
{
    [TestMethod]
    public async Task Every_page_is_read_and_tokens_are_escaped()
    {
        var pages = new Queue<string>(
        [
            """{"environments":[{"name":"a/b/one"},{"name":"two"}],"nextPageToken":"p/2?=&+ x","totalSize":4}""",
            """{"environments":[],"nextPageToken":"3"}""",
            """{"nextPageToken":"4","environments":null}""",
            """{"environments":[{"name":"three"},null,{},{"name":""},{"name":"four"}],"nextPageToken":""}""",
        ]);
        var gateway = new StubGateway(_ => StubGateway.Response(pages.Dequeue()));
        Assert.AreEqual("one two three four", await Ids(gateway));
        Assert.EndsWith("?pageSize=200&pageToken=p%2F2%3F%3D%26%2B%20x", gateway.Sent[1].Url);
        Assert.HasCount(4, gateway.Sent);
    }

    [TestMethod]
    public async Task A_page_without_environments_is_empty()
    {
        var pages = new Queue<string>(
        [
            """{"environments":[{"name":"one"}],"nextPageToken":"2"}""",
            """{"nextPageToken":"3"}""",
            """{"environments":[{"name":"two"}],"nextPageToken":"4"}""",
            "{}",
        ]);
        Assert.AreEqual("one two", await Ids(new StubGateway(_ => StubGateway.Response(pages.Dequeue()))));
    }

    [TestMethod]
    [DataRow("""{"environments":[{"name":"one"}],"nextPageToken":null}""")]
    [DataRow("""{"environments":[{"name":"one"}]}""")]
    public async Task A_page_without_a_token_is_the_last_one(string page) =>
        Assert.AreEqual("one", await Ids(StubGateway.Answering(page)));

    [TestMethod]
    public async Task The_next_page_of_environments_is_requested_while_one_is_used()
    {
        var gateway = new StubGateway(static _ => StubGateway.Response("""{"environments":[{"name":"one"}],"nextPageToken":"2"}"""));
        await using var pages = gateway.Client.ListEnvironmentsAsync("acme", CancellationToken.None).GetAsyncEnumerator();
        Assert.IsTrue(await pages.MoveNextAsync());
        Assert.HasCount(2, gateway.Sent);
        Assert.EndsWith("&pageToken=2", gateway.Sent[1].Url);
        Assert.AreEqual("one", pages.Current.Environments.Single().EnvironmentId);
    }

    [TestMethod]
    [DataRow("""{"environments":[{"name":"one"}],"nextPageToken":"2","more":{"nextPageToken":"wrong"}}""", "wrong")] // mistaken for it
    [DataRow("""{"environments":[{"name":"one"}],"nextPageToken":"2","more":["nextPageToken"]}""", null)]
    [DataRow("""{"environments":[{"name":"one"}],"nextPageToken":"\u0032"}""", null)]
    [DataRow("""{"environments":[{"name":"one"}],"nextPageToken":2}""", null)]
    [DataRow("""{"environments":[{"name":"one"}],"nextPageToken"  :  "2"  }""", "2")]
    public async Task A_wrong_token_from_the_search_is_not_used(string first, string? ahead)
    {
        var gateway = new StubGateway(request => StubGateway.Response(request.RequestUri!.Query switch
        {
            "?pageSize=200" => first,
            "?pageSize=200&pageToken=2" => """{"environments":[{"name":"two"}]}""",
            _ => """{"environments":[{"name":"other"}]}""",
        }));
        Assert.AreEqual("one two", await Ids(gateway));
        Assert.HasCount(ahead is null or "2" ? 2 : 3, gateway.Sent);
    }

    [TestMethod]
    public async Task A_repeated_token_is_an_error()
    {
        var gateway = StubGateway.Answering("""{"environments":[{"name":"one"}],"nextPageToken":"same"}""");
        var e = await StubGateway.FailureOf(() => Ids(gateway));
        Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
        Assert.HasCount(2, gateway.Sent);
    }

    [TestMethod]
    public async Task An_endless_list_is_an_error()
    {
        var page = 0;
        var gateway = new StubGateway(_ => StubGateway.Response($$"""{"environments":[],"nextPageToken":"{{page++}}"}"""));
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => Ids(gateway))).Kind);
        Assert.HasCount(250, gateway.Sent);
    }

    [TestMethod]
    public async Task A_token_that_is_too_long_for_a_URL_is_an_error()
    {
        var gateway = StubGateway.Answering($$"""{"environments":[],"nextPageToken":"{{new string('x', 100_000)}}"}""");
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => Ids(gateway))).Kind);
    }

    [TestMethod]
    [DataRow(1_000, 0, "exceeds Companion's size limit")] // too many values in all pages
    [DataRow(0, 4_000_000, "exceeds Companion's size limit")] // too many bytes in all pages
    [DataRow(40_000, 0, "contains too many values")] // too many values in one page
    public async Task A_list_is_limited_as_a_whole(int items, int padding, string message)
    {
        var page = 0;
        var content = string.Join(',', Enumerable.Repeat("""{"name":"e"}""", items));
        var gateway = new StubGateway(
            _ => StubGateway.Response($$"""{"environments":[{{content}}],"nextPageToken":"{{page++}}"{{new string(' ', padding)}}}"""));
        var e = await StubGateway.FailureOf(() => Ids(gateway));
        Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
        Assert.Contains(message, e.Message);
        Assert.IsLessThanOrEqualTo(101, gateway.Sent.Count);
    }

    [TestMethod]
    [DataRow(2, true)]
    [DataRow(3, false)]
    public async Task A_list_of_anything_but_environments_has_at_most_2_MiB(int pages, bool isRead)
    {
        var page = 0;
        var padding = new string(' ', 1_000_000);
        var gateway = new StubGateway(
            _ => StubGateway.Response($$"""{"nodePools":[{"name":"p{{page}}"}],"nextPageToken":"{{(++page < pages ? page : "")}}"{{padding}}}"""));
        var names = new List<string>();
        var reading = Task.Run(async () =>
        {
            await foreach (var pool in gateway.Client.ListNodePoolsAsync("acme", CancellationToken.None).SelectMany(static pool => pool))
                names.Add(pool.NodePoolId);
        });
        if (isRead)
            await reading;
        else
            Assert.Contains("exceeds Companion's size limit", (await StubGateway.FailureOf(() => reading)).Message);
        Assert.HasCount(2, names);
    }

    // However many clients there are, at most two lists are kept in memory.
    [TestMethod]
    public async Task Two_lists_are_read_at_a_time()
    {
        var buffers = new ResponseBuffers();
        static StubGateway Gateway() => StubGateway.Answering("""{"nodePools":[{"name":"one"}],"environments":[{"name":"one"}]}""");
        await using var first = Gateway().With(buffers).Client.ListNodePoolsAsync("acme", CancellationToken.None).GetAsyncEnumerator();
        await using var second = Gateway().With(buffers).Client.ListEnvironmentsAsync("acme", CancellationToken.None).GetAsyncEnumerator();
        Assert.IsTrue(await first.MoveNextAsync());
        Assert.IsTrue(await second.MoveNextAsync());

        using var giveUp = new CancellationTokenSource();
        var third = Gateway().With(buffers);
        var leaving = third.Client.ListEnvironmentsAsync("acme", giveUp.Token).AnyAsync(giveUp.Token).AsTask();
        var waiting = third.Client.ListNodePoolsAsync("acme", CancellationToken.None).AnyAsync().AsTask();
        Assert.IsEmpty(third.Sent);
        await giveUp.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => leaving);
        await first.DisposeAsync();
        Assert.IsTrue(await waiting);
    }

    [TestMethod]
    [DataRow(31, true)]
    [DataRow(33, false)]
    [DataRow(100_000, false)]
    public async Task A_response_is_nested_at_most_32_levels(int depth, bool isRead)
    {
        var nested = string.Concat(Enumerable.Repeat("[", depth - 1)) + string.Concat(Enumerable.Repeat("]", depth - 1));
        var gateway = StubGateway.Answering($$"""{"name":"a","annotations":{{nested}}}""");
        if (isRead)
            Assert.AreEqual("a", (await gateway.Client.GetEnvironmentAsync("acme", "a", CancellationToken.None)).EnvironmentId);
        else
            Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "a", CancellationToken.None))).Kind);
    }

    [TestMethod]
    public async Task An_error_on_a_later_page_is_an_error()
    {
        var pages = new Queue<HttpResponseMessage>(
        [
            StubGateway.Response("""{"accounts":[{"name":"accounts/acme"}],"nextPageToken":"2"}"""),
            StubGateway.Response("""{"code":8,"message":"slow down"}""", 429),
        ]);
        var gateway = new StubGateway(_ => pages.Dequeue());
        var seen = new List<string>();
        var e = await StubGateway.FailureOf(async () =>
        {
            await foreach (var account in gateway.Client.ListAccountsAsync(CancellationToken.None).SelectMany(static page => page))
                seen.Add(account.AccountId);
        });
        Assert.AreEqual(GoogleRpcCode.ResourceExhausted, e.Code);
        Assert.AreEqual("acme", seen.Single());
    }

    private static async Task<string> Ids(StubGateway gateway)
    {
        var ids = new List<string>();
        await foreach (var environment in gateway.Client.ListEnvironmentsAsync("acme", CancellationToken.None).SelectMany(static page => page.Environments))
            ids.Add(environment.EnvironmentId);
        return string.Join(' ', ids);
    }
}
