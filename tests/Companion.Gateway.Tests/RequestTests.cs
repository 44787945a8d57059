using System.Net;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests;

[TestClass]
public sealed class RequestTests
{
    private const string Base = "https://api.fireworks.ai";

    [TestMethod]
    public async Task Each_call_has_its_route_and_method()
    {
        var gateway = StubGateway.Naming();
        var client = gateway.Client;
        var none = CancellationToken.None;
        await client.ConnectEnvironmentAsync("acme", "train-a", Connect("p"), none);
        await client.DisconnectEnvironmentAsync("acme", "train-a", new GatewayDisconnectEnvironmentBody(), none);
        await client.GetEnvironmentAsync("acme", "train-a", none);
        await foreach (var environment in client.ListEnvironmentsAsync("acme", none).SelectMany(static page => page.Environments))
            Assert.Fail($"{environment}");
        await foreach (var pool in client.ListNodePoolsAsync("acme", none).SelectMany(static page => page))
            Assert.Fail($"{pool}");
        await foreach (var binding in client.ListAwsIamRoleBindingsAsync("acme", none).SelectMany(static page => page))
            Assert.Fail($"{binding}");
        await client.GetNodePoolAsync("acme", "h100-8x", none);
        // A name isn't statistics.
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => client.GetNodePoolStatsAsync("acme", "h100-8x", none))).Kind);
        await client.GetAccountAsync("acme", none);
        await foreach (var account in client.ListAccountsAsync(none).SelectMany(static page => page))
            Assert.Fail($"{account}");
        await client.VerifyApiKeyAsync(none);

        string[] expected =
        [
            $"POST {Base}/v1/accounts/acme/environments/train-a:connect",
            $"POST {Base}/v1/accounts/acme/environments/train-a:disconnect",
            $"GET {Base}/v1/accounts/acme/environments/train-a",
            $"GET {Base}/v1/accounts/acme/environments?pageSize=200",
            $"GET {Base}/v1/accounts/acme/nodePools?pageSize=200",
            $"GET {Base}/v1/accounts/acme/awsIamRoleBindings?pageSize=200",
            $"GET {Base}/v1/accounts/acme/nodePools/h100-8x",
            $"GET {Base}/v1/accounts/acme/nodePools/h100-8x:getStats",
            $"GET {Base}/v1/accounts/acme",
            $"GET {Base}/v1/accounts?pageSize=200",
            $"GET {Base}/verifyApiKey",
        ];
        CollectionAssert.AreEqual(expected, gateway.Sent.Select(sent => $"{sent.Method} {sent.Url}").ToArray());
    }

    [TestMethod]
    public async Task The_connect_body_is_exactly_the_example()
    {
        var gateway = StubGateway.Answering("{}");
        await gateway.Client.ConnectEnvironmentAsync(
            "acme", "train-a",
            new GatewayConnectEnvironmentBody
            {
                Connection = new GatewayRequestedConnection
                {
                    NodePoolId = "<string>", NumRanks = 123, Role = "<string>", UseLocalStorage = true,
                },
                VscodeVersion = "<string>",
            },
            CancellationToken.None);
        Assert.AreEqual(
            """{"connection":{"nodePoolId":"<string>","numRanks":123,"role":"<string>","useLocalStorage":true},"vscodeVersion":"<string>"}""",
            gateway.Sent[0].Body);
    }

    [TestMethod]
    public async Task Only_set_members_are_sent()
    {
        var gateway = StubGateway.Answering("{}");
        await gateway.Client.ConnectEnvironmentAsync("acme", "train-a", Connect("p"), CancellationToken.None);
        await gateway.Client.ConnectEnvironmentAsync(
            "acme", "train-a",
            new GatewayConnectEnvironmentBody
            {
                Connection = new GatewayRequestedConnection
                {
                    NodePoolId = "p", Role = "arn:aws:iam::123456789012:role/a+b=c,d.e@f-g", UseLocalStorage = false,
                },
            },
            CancellationToken.None);
        Assert.AreEqual("""{"connection":{"nodePoolId":"p"}}""", gateway.Sent[0].Body);
        Assert.AreEqual(
            """{"connection":{"nodePoolId":"p","role":"arn:aws:iam::123456789012:role/a+b=c,d.e@f-g","useLocalStorage":false}}""",
            gateway.Sent[1].Body);
    }

    [TestMethod]
    [DataRow(null, null, "{}")]
    [DataRow(true, true, """{"force":true,"resetSnapshots":true}""")]
    [DataRow(false, null, """{"force":false}""")]
    [DataRow(null, true, """{"resetSnapshots":true}""")]
    public async Task The_disconnect_body_is_always_an_object(bool? force, bool? resetSnapshots, string body)
    {
        var gateway = StubGateway.Answering("");
        await gateway.Client.DisconnectEnvironmentAsync(
            "acme", "train-a", new GatewayDisconnectEnvironmentBody { Force = force, ResetSnapshots = resetSnapshots }, CancellationToken.None);
        Assert.AreEqual(body, gateway.Sent[0].Body);
    }

    [TestMethod]
    public async Task Headers_are_complete_and_the_key_is_read_for_each_request()
    {
        var keys = new Queue<string>(["fw_test_first000", "fw_test_second00"]);
        var gateway = StubGateway.Naming().WithKey(keys.Dequeue);
        await gateway.Client.DisconnectEnvironmentAsync("a", "b", new GatewayDisconnectEnvironmentBody(), CancellationToken.None);
        await gateway.Client.GetAccountAsync("acme", CancellationToken.None);
        var post = gateway.Sent[0].Message;
        Assert.AreEqual("Bearer fw_test_first000", post.Headers.Authorization!.ToString());
        Assert.AreEqual("Bearer fw_test_second00", gateway.Sent[1].Message.Headers.Authorization!.ToString());
        Assert.AreEqual("application/json", post.Headers.Accept.ToString());
        Assert.AreEqual("companion-server/0.1.0", post.Headers.UserAgent.ToString());
        Assert.AreEqual("application/json", post.Content!.Headers.ContentType!.ToString());
        Assert.AreEqual(2, post.Content.Headers.ContentLength);
        Assert.AreEqual(HttpVersion.Version20, post.Version);
        Assert.AreEqual(HttpVersionPolicy.RequestVersionOrLower, post.VersionPolicy);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("fw_test_12345678\r\nX-Evil: 1")]
    [DataRow("fw_test_ 12345678")]
    [DataRow("fw_test_é2345678")]
    public async Task Without_a_usable_key_nothing_is_sent(string? apiKey)
    {
        var gateway = StubGateway.Answering("{}").WithKey(() => apiKey);
        var e = await StubGateway.FailureOf(() => gateway.Client.GetAccountAsync("acme", CancellationToken.None));
        Assert.AreEqual(GoogleRpcCode.Unauthenticated, e.Code);
        Assert.AreEqual(FaultKind.NotSent, e.Kind);
        Assert.AreEqual(NotSentReason.NoApiKey, e.NotSentReason);
        Assert.IsEmpty(gateway.Sent);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(".")]
    [DataRow("..")]
    [DataRow("a/b")]
    [DataRow("a\\b")]
    [DataRow("../x")]
    [DataRow("a:disconnect")]
    [DataRow("a?b=c")]
    [DataRow("a#b")]
    [DataRow("a%2Fb")]
    [DataRow("a;b")]
    [DataRow("a b")]
    [DataRow("a\n")]
    [DataRow("\u0000")]
    [DataRow(null)]
    public async Task An_id_that_is_not_a_plain_segment_is_rejected(string? id)
    {
        var gateway = StubGateway.Answering("{}");
        var none = CancellationToken.None;
        Func<Task>[] calls =
        [
            () => gateway.Client.GetEnvironmentAsync("acme", id!, none),
            () => gateway.Client.GetEnvironmentAsync(id!, "train-a", none),
            () => gateway.Client.ConnectEnvironmentAsync("acme", id!, Connect("p"), none),
            () => gateway.Client.GetNodePoolAsync("acme", id!, none),
            async () => await gateway.Client.ListEnvironmentsAsync(id!, none).GetAsyncEnumerator(none).MoveNextAsync(),
        ];
        foreach (var call in calls)
        {
            var e = await StubGateway.FailureOf(call);
            Assert.AreEqual((GoogleRpcCode.InvalidArgument, FaultKind.NotSent), (e.Code, e.Kind));
            Assert.AreEqual(NotSentReason.InvalidId, e.NotSentReason);
        }

        Assert.IsEmpty(gateway.Sent);
    }

    [TestMethod]
    [DataRow("train-a", "train-a")]
    [DataRow("Ä", "%C3%84")]
    [DataRow("a+b", "a%2Bb")]
    [DataRow("a@b", "a%40b")]
    [DataRow("a&b=c", "a%26b%3Dc")]
    [DataRow("a.b", "a.b")]
    public async Task Any_other_id_is_escaped(string id, string escaped)
    {
        var gateway = StubGateway.Naming();
        await gateway.Client.GetEnvironmentAsync("acme", id, CancellationToken.None);
        Assert.AreEqual($"{Base}/v1/accounts/acme/environments/{escaped}", gateway.Sent[0].Url);
    }

    [TestMethod]
    [DataRow("https://corp.example/fireworks/", "https://corp.example/fireworks/verifyApiKey")]
    [DataRow("http://127.0.0.1:8080", "http://127.0.0.1:8080/verifyApiKey")]
    [DataRow("sandbox", "https://sandbox.invalid/verifyApiKey")]
    public async Task Routes_begin_with_the_base_URL(string baseUrl, string url)
    {
        var gateway = StubGateway.Answering("{}").At(baseUrl);
        await gateway.Client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.AreEqual(url, gateway.Sent[0].Url);
    }

    private static GatewayConnectEnvironmentBody Connect(string nodePoolId) =>
        new() { Connection = new GatewayRequestedConnection { NodePoolId = nodePoolId } };
}
