using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class SecrecyTests
{
    [TestMethod]
    public async Task The_log_contains_what_happened_and_nothing_else()
    {
        var answers = new Queue<Func<HttpResponseMessage>>(
        [
            () => StubGateway.Response("""{"environments":[],"nextPageToken":""}"""),
            () => StubGateway.Response($$"""{"code":9,"message":"{{StubGateway.Key}} is busy"}""", 400, "application/json", ("x-request-id", "id-1")),
            () => throw new HttpRequestException($"Bearer {StubGateway.Key}"),
        ]);
        var gateway = new StubGateway(_ => answers.Dequeue()());
        var none = CancellationToken.None;
        Assert.IsFalse(await gateway.Client.ListEnvironmentsAsync("acme", none).GetAsyncEnumerator(none).MoveNextAsync());
        await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "train-a", none));
        await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "train-a", none));
        string[] expected =
        [
            "Debug: ListEnvironments: GET /v1/accounts/acme/environments (0 bytes) returned 200 in 0 ms (38 bytes) ",
            "Information: GetEnvironment: GET /v1/accounts/acme/environments/train-a failed in 0 ms:"
                + " ErrorResponse, FAILED_PRECONDITION, HTTP 400, request id-1 ",
            "Information: GetEnvironment: GET /v1/accounts/acme/environments/train-a failed in 0 ms:"
                + " ConnectionLost, UNAVAILABLE, Bearer [redacted] ",
        ];
        Assert.AreEqual(string.Join('\n', expected), gateway.Log.Text);
    }

    [TestMethod]
    public async Task No_response_can_put_the_key_into_an_error()
    {
        string[] bodies =
        [
            $$"""{"code":16,"message":"{{StubGateway.Key}}"}""",
            $$"""{"error":{"message":"Bearer {{StubGateway.Key}}"} }""",
            $$"""{"error":"{{StubGateway.Key}}"}""",
            $$"""{"fault":{"faultstring":"{{StubGateway.Key}}"} }""",
            $$"""{"code":16,"message":"fw_test\u005f0123456789abcdef fw_te\u0000st_0123456789abcdef"}""",
            $"text {StubGateway.Key}",
            $"<title>{StubGateway.Key}</title>",
            $"<title>fw&#95;test_0123456789abcdef</title>",
        ];
        foreach (var body in bodies)
        {
            var gateway = StubGateway.Answering(body, 401, "text/plain", ("x-request-id", StubGateway.Key));
            var e = await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
            Assert.Contains("[redacted]", e.GatewayMessage!);
            Assert.AreEqual("[redacted]", e.RequestId);
            Assert.DoesNotContain("0123456789abcdef", gateway.Log.Text + e);
        }
    }

    [TestMethod]
    [DataRow("fw_test_0123456789abcdef", "************************")]
    [DataRow(@"\u0066w_test_0123456789abcdef", "*****************************")]
    [DataRow(@"fw\u005Ftest_0123456789abcde\u0066", "**********************************")]
    [DataRow(@"\n\u0066w_test_0123456789abcdef\t", "\n*****************************\t")]
    [DataRow(@"\u0066\u0066w_test_0123456789abcdef", "f*****************************")]
    [DataRow(@"\\u0066w_test_0123456789abcdef", @"\u0066w_test_0123456789abcdef", DisplayName = "an escaped backslash before text")]
    [DataRow(@"\\\u0066w_test_0123456789abcdef", @"\*****************************")]
    [DataRow(@"\u0166w_test_0123456789abcdef", "\u0166w_test_0123456789abcdef")]
    [DataRow(@"\u0066w_test_0123456789abcde", "fw_test_0123456789abcde")]
    public async Task No_escape_can_put_the_key_into_a_resource(string written, string shown)
    {
        var gateway = StubGateway.Answering($$"""{"name":"train-a","displayName":"{{written}}","status":{"code":13,"message":"{{written}}"} }""");
        var environment = await gateway.Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None);
        Assert.AreEqual((shown, shown), (environment.DisplayName, environment.Status!.Message));
    }

    [TestMethod]
    public async Task A_key_with_characters_that_JSON_escapes_is_found_too()
    {
        const string Key = "odd/key\"with\\signs";
        const string Json = @"{""name"":""train-a"",""displayName"":""odd\/key\""with\\signs odd/key\u0022with\u005csigns""}";
        using var http = new HttpClient(new StubHandler(static _ => new HttpResponseMessage { Content = new StringContent(Json) }));
        var client = new GatewayClient(http, GatewayUrl.Default, () => Key, new TestTimeProvider(), new RecordingLogger());
        var environment = await client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None);
        Assert.AreEqual("", environment.DisplayName!.Trim('*', ' '));
    }

    [TestMethod]
    public async Task No_header_can_put_the_key_into_an_account()
    {
        var gateway = StubGateway.Answering(
            "{}", 200, "application/json", ("x-fireworks-account-id", StubGateway.Key), ("x-fireworks-developer-email", $"{StubGateway.Key}@x.example"));
        Assert.AreEqual(
            new VerifiedApiKey("[redacted]", "[redacted]@x.example"), await gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
    }

    [TestMethod]
    public async Task No_response_can_put_the_key_into_a_resource()
    {
        var gateway = StubGateway.Answering($$"""{"name":"train-a","displayName":"{{StubGateway.Key}}","status":{"code":13,"message":"Bearer {{StubGateway.Key}}."} }""");
        var environment = await gateway.Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None);
        Assert.AreEqual("************************", environment.DisplayName);
        Assert.AreEqual("Bearer ************************.", environment.Status!.Message);
    }
}
