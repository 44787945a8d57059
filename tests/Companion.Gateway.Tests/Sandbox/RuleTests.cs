using Companion.Gateway.Credentials;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;
using Companion.Sandbox;

namespace Companion.Gateway.Tests.Sandbox;

[TestClass]
public sealed class RuleTests
{
    private const string ConnectPath = "/v1/accounts/acme-research/environments/train-a:connect";
    private const string DisconnectPath = "/v1/accounts/acme-research/environments/eval-c:disconnect";

    private readonly SandboxFixture _sandbox = new();

    [TestMethod]
    [DataRow("""{"connection":{"nodePoolId":"h100-8x"}}""")]
    [DataRow("""{"connection":{"nodePoolId":"h100-8x","numRanks":2,"role":"arn:aws:iam::123456789012:role/r","useLocalStorage":true},"vscodeVersion":"1.100.0"}""")]
    public void A_body_that_conforms_to_the_schema_is_accepted(string body)
    {
        var response = _sandbox.Send("POST", ConnectPath, body);
        Assert.AreEqual((200, "{}"), (response.Status, response.Body));
    }

    [TestMethod]
    [DataRow(ConnectPath, null)]
    [DataRow(ConnectPath, "")]
    [DataRow(ConnectPath, "{")]
    [DataRow(ConnectPath, "[]")]
    [DataRow(ConnectPath, "null")]
    [DataRow(ConnectPath, "{}")]
    [DataRow(ConnectPath, """{"connection":null}""")]
    [DataRow(ConnectPath, """{"connection":{}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":""}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":7}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","zone":"us-east-1a"}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRank":2}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRanks":0}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRanks":-1}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRanks":1.5}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRanks":2147483648}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRanks":"2"}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","numRanks":null}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","role":"admin"}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x","useLocalStorage":"yes"}}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x"},"vscodeVersion":1}""")]
    [DataRow(ConnectPath, """{"connection":{"nodePoolId":"h100-8x"},"environmentId":"train-a"}""")]
    [DataRow(DisconnectPath, null)]
    [DataRow(DisconnectPath, "[]")]
    [DataRow(DisconnectPath, """{"force":1}""")]
    [DataRow(DisconnectPath, """{"resetSnapshots":null}""")]
    [DataRow(DisconnectPath, """{"forced":true}""")]
    public void Any_other_body_is_rejected_and_changes_nothing(string path, string? body)
    {
        var response = _sandbox.Send("POST", path, body);
        Assert.AreEqual((400, (int)GoogleRpcCode.InvalidArgument), (response.Status, SandboxFixture.CodeOf(response)));
        Assert.Contains("\"state\":\"DISCONNECTED\"", _sandbox.Send("GET", ConnectPath.Replace(":connect", "", StringComparison.Ordinal)).Body);
    }

    [TestMethod]
    public async Task Missing_resources_are_not_found()
    {
        await SandboxFixture.Refused(() => _sandbox.Get("no-such"), 404, GoogleRpcCode.NotFound);
        await SandboxFixture.Refused(() => _sandbox.Connect("no-such"), 404, GoogleRpcCode.NotFound);
        await SandboxFixture.Refused(() => _sandbox.Connect("train-a", "no-such"), 404, GoogleRpcCode.NotFound);
        await SandboxFixture.Refused(() => _sandbox.Capacity("no-such"), 404, GoogleRpcCode.NotFound);
    }

    [TestMethod]
    public async Task A_pool_that_is_not_ready_is_rejected_with_its_status()
    {
        var e = await StubGateway.FailureOf(() => _sandbox.Connect("train-a", "l40s-failed"));
        Assert.AreEqual((400, GoogleRpcCode.FailedPrecondition), (e.HttpStatus, e.Code));
        Assert.Contains("FAILED: RESOURCE_EXHAUSTED", e.GatewayMessage!);
        Assert.AreEqual("DISCONNECTED", await _sandbox.State("train-a"));
    }

    [TestMethod]
    [DataRow("GET", "/", 404, 5)]
    [DataRow("GET", "/v1", 404, 5)]
    [DataRow("GET", "/v1/accounts/", 404, 5)]
    [DataRow("GET", "/v1/accounts/acme-research/environments/", 404, 5)]
    [DataRow("POST", "/v1/accounts/acme-research/environments/train-a:restart", 404, 5)]
    [DataRow("GET", "/v1/accounts/acme-research/clusters/c/environments/train-a", 404, 5)]
    [DataRow("GET", ConnectPath, 501, 12)]
    [DataRow("POST", "/v1/accounts/acme-research/environments/train-a", 501, 12)]
    [DataRow("DELETE", "/v1/accounts/acme-research", 501, 12)]
    public void Other_routes_are_not_offered(string method, string path, int status, int code)
    {
        var response = _sandbox.Send(method, path);
        Assert.AreEqual((status, code), (response.Status, SandboxFixture.CodeOf(response)));
    }

    [TestMethod]
    [DataRow(null, 401)]
    [DataRow("fw_sandbox_no_such_key", 401)]
    [DataRow(SandboxKeys.Second, 403)]
    [DataRow(SandboxKeys.Main, 200)]
    [DataRow(SandboxKeys.Both, 200)]
    public void A_key_can_access_its_accounts_and_no_others(string? apiKey, int status) =>
        Assert.AreEqual(status, _sandbox.Send("GET", "/v1/accounts/acme-research/environments/train-a", null, apiKey).Status);

    [TestMethod]
    [DataRow(SandboxKeys.Main, "acme-research", "acme-research")]
    [DataRow(SandboxKeys.Second, "globex-vision", "globex-vision")]
    [DataRow(SandboxKeys.Both, null, "acme-research globex-vision")]
    [DataRow(SandboxKeys.Suspended, "initech-labs", "initech-labs")]
    public async Task A_key_identifies_its_owner(string apiKey, string? accountId, string listed)
    {
        var client = new SandboxFixture(apiKey: apiKey).Client;
        var verified = await client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.AreEqual(accountId, verified.AccountId);
        Assert.Contains("@", verified.DeveloperEmail!);
        var accounts = new List<string>();
        await foreach (var account in client.ListAccountsAsync(CancellationToken.None).SelectMany(static page => page))
            accounts.Add(account.AccountId);
        Assert.AreEqual(listed, string.Join(' ', accounts));
    }

    [TestMethod]
    public async Task An_invalid_key_is_not_verified()
    {
        var sandbox = new SandboxFixture(apiKey: "fw_sandbox_no_such_key");
        await SandboxFixture.Refused(() => sandbox.Client.VerifyApiKeyAsync(CancellationToken.None), 401, GoogleRpcCode.Unauthenticated);
    }

    [TestMethod]
    public async Task A_suspended_account_returns_412_except_for_GetAccount()
    {
        var sandbox = new SandboxFixture(apiKey: SandboxKeys.Suspended);
        var account = await sandbox.Client.GetAccountAsync(SandboxData.SuspendedAccountId, CancellationToken.None);
        Assert.AreEqual("CREDIT_DEPLETED", account.SuspendState);
        await SandboxFixture.Refused(
            () => sandbox.Client.GetEnvironmentAsync(SandboxData.SuspendedAccountId, "x", CancellationToken.None),
            412, GoogleRpcCode.FailedPrecondition);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(200)]
    public async Task Lists_come_in_pages(int pageSize)
    {
        var sandbox = new SandboxFixture(new SandboxOptions { MaxPageSize = pageSize });
        var environments = new List<string>();
        await foreach (var environment in sandbox.Client.ListEnvironmentsAsync(SandboxFixture.Account, CancellationToken.None).SelectMany(static page => page.Environments))
            environments.Add(environment.EnvironmentId);
        Assert.AreEqual("train-a train-b eval-c fresh-d shared-tools brittle-e leaving-f west-g nightly-h old-i", string.Join(' ', environments));
        var pools = new List<string>();
        await foreach (var pool in sandbox.Client.ListNodePoolsAsync(SandboxFixture.Account, CancellationToken.None).SelectMany(static page => page))
            pools.Add(pool.NodePoolId);
        Assert.AreEqual("h100-8x h100-spot cpu-large a100-west h200-full l40s-failed b200-new l4-burst cpu-spot-west", string.Join(' ', pools));
        Assert.HasCount(((10 + pageSize - 1) / pageSize) + ((9 + pageSize - 1) / pageSize), sandbox.Sandbox.Received);
    }

    [TestMethod]
    [DataRow("pageSize=201")]
    [DataRow("pageSize=-1")]
    [DataRow("pageSize=many")]
    [DataRow("pageToken=made-up")]
    [DataRow("pageToken=page/99=")]
    public void An_invalid_page_is_rejected(string query) =>
        Assert.AreEqual(400, _sandbox.Send("GET", $"/v1/accounts/acme-research/environments?{query}").Status);

    [TestMethod]
    public async Task Environments_with_the_same_id_in_two_accounts_differ()
    {
        var sandbox = new SandboxFixture(apiKey: SandboxKeys.Both);
        await sandbox.Connect("train-a");
        Assert.AreEqual("CONNECTING", await sandbox.State("train-a"));
        var other = await sandbox.Client.GetEnvironmentAsync(SandboxData.SecondAccountId, "train-a", CancellationToken.None);
        Assert.AreEqual("DISCONNECTED", other.State);
    }

    [TestMethod]
    public async Task There_are_pools_of_all_kinds()
    {
        var pools = new Dictionary<string, GatewayNodePool>();
        await foreach (var pool in _sandbox.Client.ListNodePoolsAsync(SandboxFixture.Account, CancellationToken.None).SelectMany(static page => page))
            pools[pool.NodePoolId] = pool;
        Assert.AreEqual("p5.48xlarge", pools["h100-8x"].EksNodePool!.InstanceType);
        Assert.IsTrue(pools["h100-spot"].EksNodePool!.Spot);
        Assert.AreEqual(1, pools["cpu-large"].NodePoolStats!.RanksPerNode);
        Assert.AreEqual("us-west-2b", pools["a100-west"].EksNodePool!.Zone);
        Assert.IsNull(pools["a100-west"].NodePoolStats);
        Assert.AreEqual(new NodePoolCapacity(0, 0), NodePoolCapacity.Of(pools["h200-full"].MaxNodeCount, pools["h200-full"].NodePoolStats));
        Assert.AreEqual("FAILED", pools["l40s-failed"].State);
        Assert.AreEqual(GoogleRpcCode.ResourceExhausted, pools["l40s-failed"].Status!.Code);
        Assert.AreEqual(("CREATING", GoogleRpcCode.Unavailable), (pools["b200-new"].State, pools["b200-new"].Status!.Code));
        Assert.AreEqual(new NodePoolCapacity(0, 32), NodePoolCapacity.Of(pools["l4-burst"].MaxNodeCount, pools["l4-burst"].NodePoolStats));
        Assert.AreEqual(("us-west-2b", true), (pools["cpu-spot-west"].EksNodePool!.Zone, pools["cpu-spot-west"].EksNodePool!.Spot));
    }

    [TestMethod]
    public async Task There_are_environments_of_all_kinds()
    {
        var west = await _sandbox.Get("west-g");
        Assert.AreEqual(("us-west-2b", true, "grace@acme.example"), (west.Connection!.Zone, west.Shared, west.CreatedBy));
        Assert.AreEqual(GoogleRpcCode.Unavailable, (await _sandbox.Get("nightly-h")).Status!.Code);
        var old = await _sandbox.Get("old-i");
        Assert.AreEqual((null, null, _sandbox.Time.GetUtcNow().AddDays(-500)), (old.DisplayName, old.Connection, old.UpdateTime));
    }

    [TestMethod]
    public async Task Thousands_of_environments_are_listed_in_pages_of_200()
    {
        var sandbox = new SandboxFixture(new SandboxOptions { MoreEnvironments = 3_000 });
        var ids = new HashSet<string>();
        var sizes = new List<int>();
        await foreach (var page in sandbox.Client.ListEnvironmentsAsync(SandboxFixture.Account, CancellationToken.None))
        {
            sizes.Add(page.Environments.Count);
            ids.UnionWith(page.Environments.Select(static e => e.EnvironmentId));
        }

        Assert.HasCount(3_010, ids);
        Assert.AreEqual((16, 200, 10), (sizes.Count, sizes[0], sizes[^1]));
    }

    [TestMethod]
    public async Task Role_bindings_are_listed_in_pages_if_the_key_can_read_them()
    {
        var sandbox = new SandboxFixture(new SandboxOptions { MaxPageSize = 3 }, SandboxKeys.Both);
        var pages = new List<IReadOnlyList<GatewayAwsIamRoleBinding>>();
        await foreach (var page in sandbox.Client.ListAwsIamRoleBindingsAsync(SandboxFixture.Account, CancellationToken.None))
            pages.Add(page);
        CollectionAssert.AreEqual(new[] { 3, 1 }, pages.ConvertAll(page => page.Count));
        Assert.AreEqual(
            new GatewayAwsIamRoleBinding { Principal = SandboxData.DeveloperEmail, Role = "arn:aws:iam::123456789012:role/trainer" }, pages[0][0]);
        var other = sandbox.Client.ListAwsIamRoleBindingsAsync(SandboxData.SecondAccountId, CancellationToken.None);
        await SandboxFixture.Refused(async () => await other.GetAsyncEnumerator(CancellationToken.None).MoveNextAsync(), 403, GoogleRpcCode.PermissionDenied);
    }

    [TestMethod]
    public void Received_requests_are_recorded_without_secrets()
    {
        var reported = new List<SandboxReceived>();
        var sandbox = new SandboxGateway(_sandbox.Time) { OnReceived = reported.Add };
        sandbox.Handle(new SandboxRequest("POST", ConnectPath, $"Bearer {SandboxKeys.Main}", "{}") { UserAgent = "test/1" });
        sandbox.Handle(new SandboxRequest("GET", "/verifyApiKey", "Bearer fw_sandbox_wrong"));
        sandbox.Handle(new SandboxRequest("GET", "/verifyApiKey", null));
        var now = _sandbox.Time.GetUtcNow();
        SandboxReceived[] expected =
        [
            new(1, now, SandboxRoute.ConnectEnvironment, "POST", ConnectPath, "{}", "valid", "test/1", 400),
            new(2, now, SandboxRoute.VerifyApiKey, "GET", "/verifyApiKey", null, "invalid", null, 401),
            new(3, now, SandboxRoute.VerifyApiKey, "GET", "/verifyApiKey", null, "absent", null, 401),
        ];
        CollectionAssert.AreEqual(expected, sandbox.Received.ToArray());
        CollectionAssert.AreEqual(expected, reported);
        sandbox.ClearReceived();
        Assert.IsEmpty(sandbox.Received);
    }

    [TestMethod]
    public void Keys_have_the_format_of_real_keys()
    {
        foreach (var key in new[] { SandboxKeys.Main, SandboxKeys.Second, SandboxKeys.Both, SandboxKeys.Suspended })
            Assert.AreEqual(SecretMask.Replacement, new SecretMask().Redact(key));
    }
}
