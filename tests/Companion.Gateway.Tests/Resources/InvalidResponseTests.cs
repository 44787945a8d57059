using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Resources;

/// <summary>Successful responses with JSON that isn't what was requested.</summary>
[TestClass]
public sealed class InvalidResponseTests
{
    private const string Connected = "\"state\":\"CONNECTED\",\"connection\":{\"nodePoolId\":\"h100\"}";

    [TestMethod]
    [DataRow("accounts/acme/clusters/c/environments/train-a")]
    [DataRow("accounts/acme/environments/train-a/")]
    [DataRow("//gateway.example/accounts/acme/environments/train-a")]
    [DataRow("environments/train-a")]
    [DataRow("train-a")]
    [DataRow("myaccounts/acme/accounts/acme/environments/train-a")]
    public async Task All_forms_of_the_environments_name_are_accepted(string name)
    {
        var environment = await Get($$"""{"name":"{{name}}",{{Connected}}}""");
        Assert.AreEqual(("train-a", "CONNECTED"), (environment.EnvironmentId, environment.State));
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("{" + Connected + "}")]
    [DataRow("""{"name":null,""" + Connected + "}")]
    [DataRow("""{"name":"",""" + Connected + "}")]
    [DataRow("""{"name":"/",""" + Connected + "}")]
    [DataRow("""{"name":["train-a"],""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acme/environments/train-b",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acme/environments/train-a/revisions/1",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acme/environments/Train-A",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acme/environments/my-train-a",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/globex/environments/train-a",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acme-2/environments/train-a",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acm/environments/train-a",""" + Connected + "}")]
    [DataRow("""{"name":"//gateway.example/accounts/globex/environments/train-a",""" + Connected + "}")]
    [DataRow("""{"name":"accounts/acme/environments/train-a","name":"",""" + Connected + "}")]
    [DataRow("""{"environment":{"name":"accounts/acme/environments/train-a",""" + Connected + "}}")]
    [DataRow("""{"environments":[{"name":"accounts/acme/environments/train-a",""" + Connected + "}]}")]
    [DataRow("""[{"name":"accounts/acme/environments/train-a",""" + Connected + "}]")]
    [DataRow("""{"status":"ok"}""")]
    [DataRow("""{"message":"sign in first"}""")]
    [DataRow("""{"code":0,"message":""}""")]
    public async Task Another_object_is_not_an_environment(string body)
    {
        var e = await StubGateway.FailureOf(() => Get(body));
        Assert.AreEqual((FaultKind.InvalidResponse, InvalidResponseReason.Content, GoogleRpcCode.Unknown, 200), (e.Kind, e.InvalidResponseReason, e.Code, e.HttpStatus));
    }

    [TestMethod]
    [DataRow("""{"code":14,"message":"upstream is down","details":[]}""", GoogleRpcCode.Unavailable, "upstream is down")]
    [DataRow("""{"code":"UNAVAILABLE"}""", GoogleRpcCode.Unavailable, null)]
    [DataRow("""{"code":5,"message":"no such environment"}""", GoogleRpcCode.NotFound, "no such environment")]
    [DataRow("""{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}}""", GoogleRpcCode.PermissionDenied, "no")]
    [DataRow("""{"error":{}}""", GoogleRpcCode.Unknown, null)]
    [DataRow("""{"error":"boom"}""", GoogleRpcCode.Unknown, "boom")]
    [DataRow("""{"fault":{"faultstring":"policy failed"}}""", GoogleRpcCode.Unknown, "policy failed")]
    [DataRow("""{"code":16,"message":"who is fw_test_0123456789abcdef?"}""", GoogleRpcCode.Unauthenticated, "who is ************************?")]
    public async Task An_error_with_200_is_that_error_for_all_calls(string body, GoogleRpcCode code, string? words)
    {
        var client = StubGateway.Answering(body).Client;
        Func<Task>[] calls =
        [
            () => client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None),
            () => client.GetNodePoolAsync("acme", "h100", CancellationToken.None),
            () => client.GetNodePoolStatsAsync("acme", "h100", CancellationToken.None),
            () => client.GetAccountAsync("acme", CancellationToken.None),
            () => client.VerifyApiKeyAsync(CancellationToken.None),
            () => client.ListEnvironmentsAsync("acme", CancellationToken.None).AnyAsync().AsTask(),
            () => client.ListNodePoolsAsync("acme", CancellationToken.None).AnyAsync().AsTask(),
            () => client.ListAwsIamRoleBindingsAsync("acme", CancellationToken.None).AnyAsync().AsTask(),
            () => client.ListAccountsAsync(CancellationToken.None).AnyAsync().AsTask(),
            () => client.DisconnectEnvironmentAsync("acme", "train-a", new GatewayDisconnectEnvironmentBody(), CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var e = await StubGateway.FailureOf(call);
            Assert.AreEqual((FaultKind.ErrorResponse, code, 200, words), (e.Kind, e.Code, e.HttpStatus, e.GatewayMessage), e.Call);
        }
    }

    [TestMethod]
    [DataRow("""{"environments":[],"code":14}""")]
    [DataRow("""{"environments":null,"nextPageToken":"","error":{"code":14}}""")]
    public async Task An_error_next_to_an_empty_list_is_an_error(string body) =>
        Assert.AreEqual(GoogleRpcCode.Unavailable, (await StubGateway.FailureOf(() => Ids(body))).Code);

    [TestMethod]
    [DataRow("""{"status":"ok"}""")]
    [DataRow("""{"message":"sign in first"}""")]
    [DataRow("""{"name":"accounts/acme/environments/train-a","state":"CONNECTED"}""")]
    [DataRow("""{"result":{"environments":[],"nodePools":[]}}""")]
    [DataRow("[]")]
    public async Task Another_object_is_not_an_empty_list(string body)
    {
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => Ids(body))).Kind);
        var client = StubGateway.Answering(body).Client;
        Assert.AreEqual(
            FaultKind.InvalidResponse,
            (await StubGateway.FailureOf(() => client.ListNodePoolsAsync("acme", CancellationToken.None).AnyAsync().AsTask())).Kind);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{"environments":[]}""")]
    [DataRow("""{"environments":null,"somethingNew":[{"code":14}]}""")]
    [DataRow("""{"totalSize":0}""")]
    [DataRow("""{"nextPageToken":""}""")]
    public async Task An_empty_list_is_valid(string body)
    {
        Assert.AreEqual("", await Ids(body));
        var client = StubGateway.Answering(body.Replace("environments", "nodePools", StringComparison.Ordinal)).Client;
        Assert.IsFalse(await client.ListNodePoolsAsync("acme", CancellationToken.None).AnyAsync());
    }

    [TestMethod]
    public async Task Items_without_an_id_and_duplicates_are_ignored()
    {
        string[] names = ["null", "{}", Named(""), Named("/"), Named("accounts/acme/x/one"), Named("two"), Named("accounts/acme/x/one")];
        var (first, second) = (string.Join(',', names), string.Join(',', names.Append(Named("accounts/acme/x/three")).Reverse()));
        Assert.AreEqual("one two three", await Ids($$"""{"environments":[{{first}}],"nextPageToken":"2"}""", $$"""{"environments":[{{second}}]}"""));

        var pages = new Queue<string>([$$"""{"nodePools":[{{first}}],"nextPageToken":"2"}""", $$"""{"nodePools":[{{second}}]}"""]);
        var pools = new StubGateway(_ => StubGateway.Response(pages.Dequeue())).Client.ListNodePoolsAsync("acme", CancellationToken.None);
        Assert.AreEqual("one two three", string.Join(' ', await pools.SelectMany(static page => page).Select(static pool => pool.NodePoolId).ToListAsync()));

        static string Named(string name) => $$"""{"name":"{{name}}"}""";
    }

    [TestMethod]
    [DataRow("accounts/globex/environments/two")]
    [DataRow("accounts/acme-2/environments/two")]
    public async Task A_list_of_another_account_is_an_invalid_response(string name)
    {
        var items = $$"""[{"name":"accounts/acme/environments/one"},{"name":"{{name}}"}]""";
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => Ids($$"""{"environments":{{items}}}"""))).Kind);
        var client = StubGateway.Answering($$"""{"nodePools":{{items}}}""").Client;
        Assert.AreEqual(
            FaultKind.InvalidResponse,
            (await StubGateway.FailureOf(() => client.ListNodePoolsAsync("acme", CancellationToken.None).AnyAsync().AsTask())).Kind);
    }

    [TestMethod]
    public async Task Other_resources_are_checked_by_their_names_too()
    {
        foreach (var body in new[] { "{}", """{"name":"other","state":"READY"}""", """{"state":"READY","displayName":"x"}""" })
        {
            var client = StubGateway.Answering(body).Client;
            Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => client.GetNodePoolAsync("acme", "h100", CancellationToken.None))).Kind);
            Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => client.GetAccountAsync("acme", CancellationToken.None))).Kind);
        }

        var foreign = StubGateway.Answering("""{"name":"accounts/globex/nodePools/h100"}""").Client;
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => foreign.GetNodePoolAsync("acme", "h100", CancellationToken.None))).Kind);
        var stats = StubGateway.Answering("""{"message":"sign in first"}""").Client;
        Assert.AreEqual(FaultKind.InvalidResponse, (await StubGateway.FailureOf(() => stats.GetNodePoolStatsAsync("acme", "h100", CancellationToken.None))).Kind);
    }

    private static Task<GatewayEnvironment> Get(string body) =>
        StubGateway.Answering(body).Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None);

    private static async Task<string> Ids(params string[] pages)
    {
        var left = new Queue<string>(pages);
        var environments = new StubGateway(_ => StubGateway.Response(left.Dequeue())).Client.ListEnvironmentsAsync("acme", CancellationToken.None);
        return string.Join(' ', await environments.SelectMany(static page => page.Environments).Select(static environment => environment.EnvironmentId).ToListAsync());
    }
}
