using Companion.Gateway.Api;
using Companion.Gateway.Network;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;
using Companion.Sandbox;
using Companion.SandboxHost;

namespace Companion.Gateway.Tests.Sandbox;

/// <summary>The client must react to each fault in the same way in the process and over real sockets.</summary>
[TestClass]
public sealed class FaultTests
{
    private const string Cut = "The gateway's response was cut off.";

    public static IEnumerable<object?[]> Faults =>
        from overSockets in new[] { false, true }
        from row in new (SandboxFault Fault, FaultKind Kind, int? Status, GoogleRpcCode Code, string State)[]
        {
            (SandboxFault.Html502, FaultKind.ErrorResponse, 502, GoogleRpcCode.Unavailable, "DISCONNECTED"),
            (SandboxFault.Http504AfterEffect, FaultKind.ErrorResponse, 504, GoogleRpcCode.DeadlineExceeded, "CONNECTING"),
            (SandboxFault.ResetBeforeEffect, FaultKind.ConnectionLost, null, GoogleRpcCode.Unavailable, "DISCONNECTED"),
            (SandboxFault.ResetAfterEffect, FaultKind.ConnectionLost, null, GoogleRpcCode.Unavailable, "CONNECTING"),
            (SandboxFault.CutBody(1), FaultKind.InvalidResponse, 200, GoogleRpcCode.Unknown, "CONNECTING"),
            (SandboxFault.CutBody(0), FaultKind.InvalidResponse, 200, GoogleRpcCode.Unknown, "CONNECTING"),
            (SandboxFault.HugeBody(64 * 1024 * 1024), FaultKind.InvalidResponse, 200, GoogleRpcCode.Unknown, "CONNECTING"),
            (SandboxFault.Error(409, GoogleRpcCode.Aborted, "busy"), FaultKind.ErrorResponse, 409, GoogleRpcCode.Aborted, "DISCONNECTED"),
            (new SandboxFault { Status = 500 }, FaultKind.ErrorResponse, 500, GoogleRpcCode.Internal, "DISCONNECTED"),
            (new SandboxFault { Status = 302 }, FaultKind.InvalidResponse, 302, GoogleRpcCode.Unknown, "DISCONNECTED"),
            (new SandboxFault { Status = 200, Body = "<html>" }, FaultKind.InvalidResponse, 200, GoogleRpcCode.Unknown, "DISCONNECTED"),
        }
        select new object?[] { overSockets, row.Fault, row.Kind, row.Status, row.Code, row.State };

    [TestMethod]
    [DynamicData(nameof(Faults))]
    public async Task A_fault_is_reported_and_the_request_is_not_sent_again(
        bool overSockets, SandboxFault fault, FaultKind kind, int? status, GoogleRpcCode code, string state)
    {
        await using var gateway = new Carried(overSockets);
        await gateway.Get(); // so that the connection isn't new, and a client could consider it stale

        gateway.Sandbox.Script(SandboxMatch.Once(SandboxRoute.ConnectEnvironment), fault);
        var e = await StubGateway.FailureOf(gateway.Connect);
        Assert.AreEqual((kind, status, code), (e.Kind, e.HttpStatus, e.Code));
        Assert.AreEqual(1, gateway.Sandbox.Received.Count(received => received.Route == SandboxRoute.ConnectEnvironment));
        Assert.AreEqual(state, (await gateway.Get()).State);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_truncated_response_differs_from_a_lost_connection(bool overSockets)
    {
        await using var gateway = new Carried(overSockets);
        gateway.Sandbox.Script(SandboxMatch.Once(SandboxRoute.GetEnvironment), SandboxFault.CutBody(20));
        var e = await StubGateway.FailureOf(gateway.Get);
        Assert.AreEqual((FaultKind.InvalidResponse, Cut), (e.Kind, e.Message));
        Assert.IsNotNull(e.Detail);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_late_response_arrives_within_the_time_limit(bool overSockets)
    {
        await using var gateway = new Carried(overSockets);
        gateway.Sandbox.Script(SandboxMatch.Once(SandboxRoute.GetEnvironment), SandboxFault.Delayed(TimeSpan.FromSeconds(20)));
        var call = gateway.Get();
        await gateway.Waiting();
        Assert.IsFalse(call.IsCompleted);
        gateway.ServerTime.Advance(TimeSpan.FromSeconds(20));
        Assert.AreEqual("DISCONNECTED", (await call).State);
    }

    [TestMethod]
    public async Task Headers_of_a_fault_reach_the_client()
    {
        await using var gateway = new Carried(overSockets: true);
        gateway.Sandbox.Script(
            SandboxMatch.Once(SandboxRoute.GetEnvironment),
            SandboxFault.Error(429, GoogleRpcCode.ResourceExhausted, "slow down") with
            {
                Headers = new Dictionary<string, string> { ["Retry-After"] = "7", ["x-request-id"] = "id-1" },
            });
        var e = await StubGateway.FailureOf(gateway.Get);
        Assert.AreEqual((TimeSpan.FromSeconds(7), "id-1", "slow down"), (e.RetryAfter, e.RequestId, e.GatewayMessage));
    }

    [TestMethod]
    public async Task Faults_apply_to_the_scripted_requests()
    {
        await using var gateway = new Carried(overSockets: false);
        var sandbox = gateway.Sandbox;
        sandbox.Script(SandboxMatch.Nth(SandboxRoute.GetEnvironment, 3), SandboxFault.Html502);
        sandbox.Script(SandboxMatch.Nth(SandboxRoute.GetEnvironment, 2), SandboxFault.Html502 with { Status = 503 });
        sandbox.Script(new SandboxMatch { ResourceId = "eval-c", Times = 2 }, SandboxFault.Html502 with { Status = 500 });
        Assert.AreEqual("200 503 502 200", await Statuses("train-a", 4));
        Assert.AreEqual("500 500 200", await Statuses("eval-c", 3));

        sandbox.Script(SandboxMatch.Once(SandboxRoute.GetEnvironment), SandboxFault.Html502);
        sandbox.Script(SandboxMatch.Once(SandboxRoute.GetEnvironment), SandboxFault.Html502 with { Status = 504 });
        Assert.AreEqual("502 504 200", await Statuses("train-a", 3));

        sandbox.Script(SandboxMatch.Always(null), SandboxFault.Html502);
        Assert.AreEqual("502 502 502 502", await Statuses("train-a", 4));
        sandbox.ClearFaults();
        Assert.AreEqual("200", await Statuses("train-a", 1));

        async Task<string> Statuses(string environmentId, int count)
        {
            var statuses = new List<int>();
            for (var i = 0; i < count; i++)
            {
                try
                {
                    await gateway.Client.GetEnvironmentAsync(SandboxData.MainAccountId, environmentId, CancellationToken.None);
                    statuses.Add(200);
                }
                catch (GatewayException e)
                {
                    statuses.Add(e.HttpStatus ?? 0);
                }
            }

            return string.Join(' ', statuses);
        }
    }

    /// <summary>A sandbox, and the real client that calls it in the process or over sockets.</summary>
    private sealed class Carried : IAsyncDisposable
    {
        private readonly SandboxHttpServer? _server;
        private readonly HttpClient _http;

        public Carried(bool overSockets)
        {
            Sandbox = new SandboxGateway(ServerTime);
            _server = overSockets ? SandboxHttpServer.Start(Sandbox, ServerTime) : null;
            _http = GatewayHttp.CreateClient(
                overSockets ? GatewayHttp.CreateHandler(new GatewayHttpOptions()) : new SandboxHttpMessageHandler(Sandbox, ServerTime));
            Assert.IsTrue(GatewayUrl.TryParse(_server?.Url.AbsoluteUri ?? "sandbox", out var url, out _));
            Client = new GatewayClient(_http, url, () => SandboxKeys.Main, new TestTimeProvider(), new RecordingLogger());
        }

        public TestTimeProvider ServerTime { get; } = new();

        public SandboxGateway Sandbox { get; }

        public GatewayClient Client { get; }

        public Task<GatewayEnvironment> Get() =>
            Client.GetEnvironmentAsync(SandboxData.MainAccountId, "train-a", CancellationToken.None);

        public Task Connect() =>
            Client.ConnectEnvironmentAsync(
                SandboxData.MainAccountId, "train-a",
                new GatewayConnectEnvironmentBody { Connection = new GatewayRequestedConnection { NodePoolId = "h100-8x" } },
                CancellationToken.None);

        /// <summary>Waits until the sandbox delays a response.</summary>
        public async Task Waiting()
        {
            while (ServerTime.WaitingTimers == 0)
                await Task.Yield();
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            if (_server is not null)
                await _server.DisposeAsync();
        }
    }
}
