using System.Text.Json;
using Companion.Protocol;
using Companion.Sandbox;
using Companion.Server.Tests.Support;
using StreamJsonRpc;

namespace Companion.Server.Tests.Hosting;

/// <summary>The real process, called by StreamJsonRpc through the proxy that it generates from the contract.</summary>
[TestClass]
public sealed class TypedClientTests
{
    private static readonly InitializeParams Sandbox = new() { InitializationOptions = new() { GatewayUrl = "sandbox" } };

    private static readonly ConnectParams Connect = new()
    {
        EnvironmentId = "train-a",
        Connection = new() { NodePoolId = "h100-8x", NumRanks = 8 },
        WorkDoneToken = JsonElement.Parse("\"connecting\""),
    };

    [TestMethod]
    public async Task A_typed_proxy_does_the_main_job()
    {
        await using var client = new TypedClient();
        var server = client.Server;

        var opened = await server.InitializeAsync(Sandbox, CancellationToken.None);
        server.Initialized();
        var account = await server.SignInAsync(new() { ApiKey = SandboxKeys.Main }, CancellationToken.None);
        var connected = await server.ConnectAsync(Connect, CancellationToken.None);
        var disconnected = await server.DisconnectAsync(new() { EnvironmentId = "train-a" }, CancellationToken.None);
        await server.ShutdownAsync(CancellationToken.None);
        server.Exit();

        Assert.IsTrue(opened.Gateway.Sandbox);
        Assert.AreEqual("acme-research", account.AccountId);
        Assert.AreEqual(("CONNECTED", "h100-8x", 8), (connected.State, connected.Connection!.NodePoolId, connected.Connection.NumRanks));
        Assert.AreEqual("DISCONNECTED", disconnected.State);
        var told = client.Progress.ToArray();
        Assert.AreEqual(("begin", "end"), (told[0], told[^1]));
        Assert.AreEqual(0, await client.ExitCodeAsync());
    }

    [TestMethod]
    public async Task Failures_have_codes_and_canceled_calls_end()
    {
        await using var client = new TypedClient();
        var server = client.Server;
        using var cancel = new CancellationTokenSource();

        var early = await Assert.ThrowsExactlyAsync<RemoteInvocationException>(() => server.GetAccountAsync(CancellationToken.None));
        await server.InitializeAsync(Sandbox, CancellationToken.None);
        await server.SignInAsync(new() { ApiKey = SandboxKeys.Main }, CancellationToken.None);
        var unknown = await Assert.ThrowsExactlyAsync<RemoteInvocationException>(
            () => server.GetEnvironmentAsync(new() { EnvironmentId = "nobody" }, CancellationToken.None));
        var connecting = server.ConnectAsync(Connect, cancel.Token);
        await client.FirstProgress;
        await cancel.CancelAsync();

        Assert.AreEqual((-32002, 5), (early.ErrorCode, unknown.ErrorCode));
        await Assert.ThrowsAsync<OperationCanceledException>(() => connecting);
    }
}
