using System.Text.Json;
using Companion.Gateway.Api;
using Companion.Gateway.Network;
using Companion.Gateway.Resources;
using Companion.Sandbox;

namespace Companion.Gateway.Tests.Support;

/// <summary>A sandbox whose clock only advances on request, and the real client.</summary>
internal sealed class SandboxFixture
{
    public const string Account = SandboxData.MainAccountId;

    public SandboxFixture(SandboxOptions? options = null, string? apiKey = SandboxKeys.Main)
    {
        Sandbox = new SandboxGateway(Time, options);
        Client = new GatewayClient(
            GatewayHttp.CreateClient(new SandboxHttpMessageHandler(Sandbox, Time)), GatewayUrl.Sandbox, () => apiKey, Time, Log);
    }

    public TestTimeProvider Time { get; } = new();

    public SandboxGateway Sandbox { get; }

    public GatewayClient Client { get; }

    public RecordingLogger Log { get; } = new();

    public Task Connect(string environmentId, string nodePoolId = "h100-8x", int? numRanks = null) =>
        Client.ConnectEnvironmentAsync(
            Account, environmentId,
            new GatewayConnectEnvironmentBody { Connection = new GatewayRequestedConnection { NodePoolId = nodePoolId, NumRanks = numRanks } },
            CancellationToken.None);

    public Task Disconnect(string environmentId, bool? force = null, bool? resetSnapshots = null) =>
        Client.DisconnectEnvironmentAsync(
            Account, environmentId, new GatewayDisconnectEnvironmentBody { Force = force, ResetSnapshots = resetSnapshots },
            CancellationToken.None);

    public Task<GatewayEnvironment> Get(string environmentId) =>
        Client.GetEnvironmentAsync(Account, environmentId, CancellationToken.None);

    public async Task<string> State(string environmentId) => (await Get(environmentId)).State;

    public async Task<NodePoolCapacity> Capacity(string nodePoolId)
    {
        var pool = await Client.GetNodePoolAsync(Account, nodePoolId, CancellationToken.None);
        var stats = await Client.GetNodePoolStatsAsync(Account, nodePoolId, CancellationToken.None);
        return NodePoolCapacity.Of(pool.MaxNodeCount, stats)!;
    }

    public static async Task Refused(Func<Task> call, int httpStatus, GoogleRpcCode code)
    {
        var e = await StubGateway.FailureOf(call);
        Assert.AreEqual((FaultKind.ErrorResponse, httpStatus, code), (e.Kind, e.HttpStatus, e.Code));
        Assert.IsNotNull(e.GatewayMessage);
    }

    /// <summary>Sends a request without the client.</summary>
    public SandboxResponse Send(string method, string path, string? body = null, string? apiKey = SandboxKeys.Main) =>
        Sandbox.Handle(new SandboxRequest(method, path, apiKey is null ? null : $"Bearer {apiKey}", body));

    public static int CodeOf(SandboxResponse response)
    {
        using var document = JsonDocument.Parse(response.Body);
        return document.RootElement.GetProperty("code").GetInt32();
    }
}
