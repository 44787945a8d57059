using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Resources;

[TestClass]
public sealed class LenientReadingTests
{
    [TestMethod]
    public async Task An_environment_with_all_members_is_read()
    {
        var environment = await Environment(
            "train-a",
            """
            {"name":"accounts/acme/clusters/c1/environments/train-a","displayName":"Training","createTime":"2026-01-01T00:00:00Z",
             "updateTime":"2026-11-22T07:59:58.123456789Z","createdBy":"ada@acme.example","state":"CONNECTED",
             "status":{"code":"INTERNAL","message":"snapshot failed"},
             "connection":{"nodePoolId":"h100","numRanks":4,"role":"arn:aws:iam::123456789012:role/r","zone":"us-east-1a","useLocalStorage":true},
             "baseImageRef":"x","shared":true,"annotations":{"a":"b"},"somethingNew":[{"deep":{}}]}
            """);
        Assert.AreEqual("train-a", environment.EnvironmentId);
        Assert.AreEqual("Training", environment.DisplayName);
        Assert.AreEqual("CONNECTED", environment.State);
        Assert.AreEqual(new GatewayStatus { Code = GoogleRpcCode.Internal, Message = "snapshot failed" }, environment.Status);
        Assert.AreEqual("ada@acme.example", environment.CreatedBy);
        Assert.IsTrue(environment.Shared);
        Assert.AreEqual(new DateTimeOffset(2026, 11, 22, 7, 59, 58, TimeSpan.Zero), environment.UpdateTime!.Value.AddTicks(-1_234_568));
        var connection = new GatewayEnvironmentConnection
        {
            NodePoolId = "h100", NumRanks = 4, Role = "arn:aws:iam::123456789012:role/r", Zone = "us-east-1a", UseLocalStorage = true,
        };
        Assert.AreEqual(connection, environment.Connection);
    }

    [TestMethod]
    [DataRow("""{}""")]
    [DataRow("""{"displayName":"","updateTime":"","createdBy":"","state":"","status":null,"connection":null,"shared":false}""")]
    [DataRow("""{"displayName":null,"updateTime":null,"createdBy":null,"state":null,"shared":null}""")]
    [DataRow("""{"status":{},"connection":{}}""")]
    [DataRow("""{"status":{"code":"OK","message":""},"connection":{"nodePoolId":"","numRanks":0,"role":"","zone":"","useLocalStorage":false}}""")]
    [DataRow("""{"status":{"code":0},"updateTime":"not a time","displayName":{"a":1},"createdBy":["x"],"shared":"maybe"}""")]
    [DataRow("""{"displayName":"\ud800"}""")]
    [DataRow("""{"status":"broken","connection":["x"]}""")]
    [DataRow("""{"state":"CONNECTED","displayName":"x","connection":{"nodePoolId":"p"},"connection":null,"displayName":null,"state":""}""")]
    public async Task Unset_members_are_absent_in_any_form(string json)
    {
        var environment = await Environment(json);
        Assert.AreEqual(new GatewayEnvironment { Name = "asked-for", RequestedAt = environment.RequestedAt }, environment);
        Assert.AreEqual("asked-for", environment.EnvironmentId);
        Assert.AreEqual(GatewayStates.Unspecified, environment.State);
    }

    [TestMethod]
    [DataRow("""{"displayName":"A\u00e9\ud83d\ude00\n\"\/","name":"accounts\/acme\/environments\/e"}""", "Aé😀\n\"/", "e")]
    [DataRow("""{"displayName":"é😀","name":"a/b/é"}""", "é😀", "é")]
    [DataRow("""{"displayName":12.50,"name":true}""", "12.50", "true")]
    [DataRow("""{"displ\u0061yName":"A","n\u0061me":"a/b/e"}""", "A", "e")]
    public async Task A_text_is_the_same_in_any_encoding(string json, string displayName, string id)
    {
        var environment = await Environment(id, json);
        Assert.AreEqual((displayName, id), (environment.DisplayName, environment.EnvironmentId));
    }

    [TestMethod]
    [DataRow("2026-11-22T08:00:00Z", "2026-11-22T08:00:00.0000000+00:00")]
    [DataRow("2026-11-22T08:00:00.25Z", "2026-11-22T08:00:00.2500000+00:00")]
    [DataRow("2026-11-22T08:00:00", "2026-11-22T08:00:00.0000000+00:00")]
    [DataRow("2026-11-22T08:00:00+02:00", "2026-11-22T08:00:00.0000000+02:00")]
    [DataRow("2026-11-22 08:00:00Z", "2026-11-22T08:00:00.0000000+00:00")]
    [DataRow("2026-02-30T08:00:00Z", null)]
    public async Task Times_are_read_leniently(string json, string? time) =>
        Assert.AreEqual(time, (await Environment($$"""{"updateTime":"{{json}}"}""")).UpdateTime?.ToString("O"));

    [TestMethod]
    [DataRow("\"FROZEN\"", "FROZEN")]
    [DataRow("7", "7")]
    public async Task An_unknown_state_is_kept(string json, string state) =>
        Assert.AreEqual(state, (await Environment($$"""{"state":{{json}}}""")).State);

    [TestMethod]
    [DataRow("\"NOT_FOUND\"", GoogleRpcCode.NotFound)]
    [DataRow("5", GoogleRpcCode.NotFound)]
    [DataRow("\"5\"", GoogleRpcCode.NotFound)]
    [DataRow("\"SOMETHING_NEW\"", GoogleRpcCode.Unknown)]
    [DataRow("99", GoogleRpcCode.Unknown)]
    public async Task A_status_code_can_be_a_name_or_a_number(string json, GoogleRpcCode code) =>
        Assert.AreEqual(code, (await Environment($$"""{"status":{"code":{{json}} } }""")).Status!.Code);

    [TestMethod]
    [DataRow("4", 4)]
    [DataRow("4.0", 4)]
    [DataRow("4e0", 4)]
    [DataRow("\"4\"", 4)]
    [DataRow("0", null)]
    [DataRow("-1", null)]
    [DataRow("4.5", null)]
    [DataRow("99999999999", null)]
    [DataRow("1e400", null)]
    [DataRow("\"many\"", null)]
    public async Task A_number_of_ranks_is_read_by_its_obvious_meaning(string json, int? ranks) =>
        Assert.AreEqual(ranks, (await Environment($$"""{"connection":{"nodePoolId":"p","numRanks":{{json}} } }""")).Connection!.NumRanks);

    [TestMethod]
    public async Task A_node_pool_is_read_with_and_without_its_parts()
    {
        var pool = await StubGateway.Answering(
            """
            {"name":"accounts/acme/nodePools/h100","displayName":"H100","minNodeCount":1,"maxNodeCount":4,"state":"READY","status":null,
             "eksNodePool":{"instanceType":"p5.48xlarge","nodeRole":"x","spot":true,"zone":"us-east-1a"},
             "nodePoolStats":{"nodeCount":2,"ranksPerNode":8,"environmentCount":1,"environmentRanks":2,"batchJobCount":{"RUNNING":1},
                              "batchJobRanks":{"RUNNING":4,"COMPLETED":"64"}}}
            """).Client.GetNodePoolAsync("acme", "h100", CancellationToken.None);
        Assert.AreEqual("h100", pool.NodePoolId);
        Assert.AreEqual(new GatewayEksNodePool { InstanceType = "p5.48xlarge", Spot = true, Zone = "us-east-1a" }, pool.EksNodePool);
        Assert.AreEqual(64, pool.NodePoolStats!.BatchJobRanks["COMPLETED"]);

        var bare = await StubGateway.Answering("""{"name":"fake","fakeNodePool":{},"eksNodePool":null,"nodePoolStats":null,"maxNodeCount":null}""")
            .Client.GetNodePoolAsync("acme", "fake", CancellationToken.None);
        Assert.AreEqual(new GatewayNodePool { Name = "fake" }, bare);

        var stats = await StubGateway.Answering("""{"batchJobRanks":null}""")
            .Client.GetNodePoolStatsAsync("acme", "fake", CancellationToken.None);
        Assert.IsEmpty(stats.BatchJobRanks);
    }

    [TestMethod]
    public async Task An_account_is_read()
    {
        var account = await StubGateway.Answering(
            """{"name":"accounts/acme","displayName":"Acme","email":"x@acme.example","state":"READY","suspendState":"CREDIT_DEPLETED"}""")
            .Client.GetAccountAsync("acme", CancellationToken.None);
        Assert.AreEqual("acme", account.AccountId);
        Assert.AreEqual("CREDIT_DEPLETED", account.SuspendState);
    }

    [TestMethod]
    public async Task A_verified_key_has_the_values_from_the_headers()
    {
        var verified = await StubGateway.Answering(
            "", 200, "text/plain", ("x-fireworks-account-id", "acme"), ("X-Fireworks-Developer-Email", "ada@acme.example"))
            .Client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.AreEqual(new VerifiedApiKey("acme", "ada@acme.example"), verified);
        Assert.AreEqual(
            new VerifiedApiKey(null, null),
            await StubGateway.Answering("{}", 200, "application/json", ("x-fireworks-account-id", " "))
                .Client.VerifyApiKeyAsync(CancellationToken.None));
    }

    [TestMethod]
    [DataRow("<html>log in first</html>")]
    [DataRow("not json")]
    [DataRow("[]")]
    [DataRow("\"text\"")]
    [DataRow("null")]
    [DataRow("{\"name\":")]
    [DataRow("{}{}")]
    public async Task Unexpected_JSON_is_an_invalid_response(string body)
    {
        var client = StubGateway.Answering(body).Client;
        Func<Task>[] calls =
        [
            () => client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None),
            () => client.VerifyApiKeyAsync(CancellationToken.None),
            () => client.DisconnectEnvironmentAsync("acme", "train-a", new GatewayDisconnectEnvironmentBody(), CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var e = await StubGateway.FailureOf(call);
            Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
            Assert.AreEqual(GoogleRpcCode.Unknown, e.Code);
            Assert.AreEqual(200, e.HttpStatus);
            Assert.DoesNotContain("log in first", e.ToString());
        }
    }

    [TestMethod]
    public async Task Endless_nesting_is_an_invalid_response()
    {
        var client = StubGateway.Answering("""{"annotations":""" + string.Concat(Enumerable.Repeat("[", 100_000))).Client;
        var e = await StubGateway.FailureOf(() => client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None));
        Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
    }

    [TestMethod]
    public async Task Broken_responses_of_all_kinds_throw_a_GatewayException()
    {
        var whole = System.Text.Encoding.UTF8.GetBytes(
            """
            {"environments":[{"name":"accounts/acme/environments/e","state":"CONNECTED","updateTime":"2026-11-22T07:59:58Z","shared":true,
             "status":{"code":9,"message":"\u00e9\ud83d\ude00"},"connection":{"nodePoolId":"p","numRanks":4}}],"nextPageToken":""}
            """);
        var random = new Random(20261122);
        var broken = 0;
        for (var i = 0; i < 3000; i++)
        {
            var bytes = whole.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var gateway = new StubGateway(_ => new HttpResponseMessage { Content = new ByteArrayContent(bytes) });
            try
            {
                await foreach (var environment in gateway.Client.ListEnvironmentsAsync("acme", CancellationToken.None).SelectMany(static page => page.Environments))
                    Assert.IsNotEmpty(environment.EnvironmentId);
            }
            catch (GatewayException e)
            {
                Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
                broken++;
            }
        }

        Assert.IsGreaterThan(500, broken);
    }

    [TestMethod]
    [DataRow("""{"name":"a/environments/e","display_name":"a_b\":","update_time" : "2026-01-01T00:00:00Z","created_by":"x"}""", "a_b\":")]
    [DataRow("""{"name":"a/environments/e","displayName":"_","updateTime":"2026-01-01T00:00:00Z","createdBy":"x"}""", "_")]
    [DataRow("\uFEFF{\"name\":\"a/environments/e\",\"display_name\":\"x_\",\"update_time\"\n:\"2026-01-01T00:00:00Z\",\"created_by\":\"x\"}", "x_")]
    public async Task Names_in_snake_case_and_a_byte_order_mark_are_read(string json, string displayName)
    {
        var environment = await Environment("e", json);
        Assert.AreEqual((displayName, "x"), (environment.DisplayName, environment.CreatedBy));
        Assert.IsNotNull(environment.UpdateTime);
    }

    [TestMethod]
    public async Task A_connection_in_snake_case_is_read()
    {
        var environment = await Environment(
            """{"connection":{"node_pool_id":"p_1","num_ranks":8,"use_local_storage":true},"annotations":{"a":"\"num_ranks\":2"}}""");
        Assert.AreEqual(new GatewayEnvironmentConnection { NodePoolId = "p_1", NumRanks = 8, UseLocalStorage = true }, environment.Connection);
    }

    [TestMethod]
    public async Task Pages_in_snake_case_are_read_and_map_keys_are_kept()
    {
        var pages = new Queue<string>(
        [
            "\uFEFF{\"node_pools\":[{\"name\":\"one\",\"eks_node_pool\":{\"instance_type\":\"p5\"}}],\"next_page_token\":\"b_c\"}",
            """{"node_pools":[{"name":"two","node_pool_stats":{"node_count":2,"ranks_per_node":8,"batch_job_ranks":{"JOB_STATE_RUNNING":3}}}]}""",
        ]);
        var gateway = new StubGateway(_ => StubGateway.Response(pages.Dequeue()));
        var pools = new List<GatewayNodePool>();
        await foreach (var page in gateway.Client.ListNodePoolsAsync("acme", CancellationToken.None))
            pools.AddRange(page);
        Assert.AreEqual("p5", pools[0].EksNodePool?.InstanceType);
        Assert.Contains("pageToken=b_c", gateway.Sent[1].Url);
        Assert.AreEqual((2, 8, 3), (pools[1].NodePoolStats!.NodeCount, pools[1].NodePoolStats!.RanksPerNode, pools[1].NodePoolStats!.BatchJobRanks["JOB_STATE_RUNNING"]));
    }

    private static Task<GatewayEnvironment> Environment(string members) =>
        Environment("asked-for", $$"""{"name":"asked-for",{{members.TrimStart('{')}}""".Replace(",}", "}", StringComparison.Ordinal));

    private static Task<GatewayEnvironment> Environment(string id, string json) =>
        StubGateway.Answering(json).Client.GetEnvironmentAsync("acme", id, CancellationToken.None);
}
