using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;
using Companion.Sandbox;

namespace Companion.Gateway.Tests.Sandbox;

/// <summary>The sandbox in its own process, as tests in other languages use it.</summary>
[TestClass]
public sealed class SandboxHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task It_serves_until_its_stdin_closes()
    {
        using var host = await Host.StartAsync("--connect-ms", "0", "--page-size", "2");
        using var gateway = new RealGateway(host.Url, apiKey: SandboxKeys.Main);
        await gateway.Client.ConnectEnvironmentAsync(
            SandboxData.MainAccountId, "train-a",
            new GatewayConnectEnvironmentBody
            {
                Connection = new GatewayRequestedConnection { NodePoolId = "h100-8x", NumRanks = 2 }, VscodeVersion = "1.100.0",
            },
            CancellationToken.None);
        Assert.AreEqual("CONNECTED", (await gateway.Get()).State);

        var received = await host.Http.GetFromJsonAsync<JsonElement>("sandbox/received");
        Assert.AreEqual(2, received.GetArrayLength());
        var connect = received[0];
        Assert.AreEqual("ConnectEnvironment", connect.GetProperty("route").GetString());
        Assert.AreEqual("POST", connect.GetProperty("method").GetString());
        Assert.AreEqual("valid", connect.GetProperty("authorization").GetString());
        Assert.AreEqual(200, connect.GetProperty("status").GetInt32());
        Assert.AreEqual(
            """{"connection":{"nodePoolId":"h100-8x","numRanks":2},"vscodeVersion":"1.100.0"}""", connect.GetProperty("body").GetString());
        Assert.DoesNotContain("fw_", received.GetRawText());

        Assert.AreEqual(0, await host.EndAsync());
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync("127.0.0.1", new Uri(host.Url).Port));
    }

    [TestMethod]
    public async Task Faults_and_speed_can_be_set_from_outside()
    {
        using var host = await Host.StartAsync();
        using var gateway = new RealGateway(host.Url, apiKey: SandboxKeys.Main);
        await host.PostAsync("faults", """{"route":"GetEnvironment","preset":"resetAfterEffect"}""");
        await host.PostAsync("faults", """{"route":"GetEnvironment","resourceId":"train-a","fault":{"status":503,"body":"{\"code\":14}"}}""");
        Assert.AreEqual(FaultKind.ConnectionLost, (await gateway.GetFails()).Kind);
        Assert.AreEqual(GoogleRpcCode.Unavailable, (await gateway.GetFails()).Code);
        Assert.AreEqual("DISCONNECTED", (await gateway.Get()).State);

        await host.PostAsync("faults", """{"times":null,"preset":"html502"}""");
        Assert.AreEqual(502, (await gateway.GetFails()).HttpStatus);
        Assert.AreEqual(502, (await gateway.GetFails()).HttpStatus);
        await host.PostAsync("clear", "");
        Assert.AreEqual("DISCONNECTED", (await gateway.Get()).State);
        Assert.AreEqual(1, (await host.Http.GetFromJsonAsync<JsonElement>("sandbox/received")).GetArrayLength());

        await host.PostAsync("speed", """{"connectMs":0,"disconnectMs":0}""");
        await gateway.Client.DisconnectEnvironmentAsync(
            SandboxData.MainAccountId, "eval-c", new GatewayDisconnectEnvironmentBody(), CancellationToken.None);
        Assert.AreEqual(
            "DISCONNECTED", (await gateway.Client.GetEnvironmentAsync(SandboxData.MainAccountId, "eval-c", CancellationToken.None)).State);
    }

    [TestMethod]
    [DataRow("""{"route":"NoSuchCall","preset":"html502"}""")]
    [DataRow("""{"route":"GetEnvironment"}""")]
    [DataRow("""{"preset":"html502","tiems":2}""")]
    [DataRow("")]
    public async Task An_invalid_fault_is_reported(string body)
    {
        await using var server = SandboxHost.SandboxHttpServer.Start(new SandboxGateway(TimeProvider.System), TimeProvider.System);
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(server.Url, "/sandbox/faults"), new StringContent(body));
        Assert.AreEqual(400, (int)answer.StatusCode);
    }

    [TestMethod]
    public async Task An_invalid_argument_prints_the_usage()
    {
        using var process = Host.Spawn("--no-such");
        Assert.Contains("usage:", await process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.AreEqual(2, process.ExitCode);
    }

    private sealed class Host : IDisposable
    {
        private readonly Process _process;

        private Host(Process process, string url)
        {
            _process = process;
            Url = url;
            Http = new HttpClient { BaseAddress = new Uri(url + "/") };
        }

        public string Url { get; }

        public HttpClient Http { get; }

        public static Process Spawn(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Companion.SandboxHost.dll"), .. arguments])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            return Process.Start(start)!;
        }

        public static async Task<Host> StartAsync(params string[] arguments)
        {
            var process = Spawn(arguments);
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            using var json = JsonDocument.Parse(line!);
            return new Host(process, json.RootElement.GetProperty("url").GetString()!);
        }

        public async Task PostAsync(string name, string body)
        {
            using var answer = await Http.PostAsync($"sandbox/{name}", new StringContent(body));
            Assert.AreEqual(200, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        public async Task<int> EndAsync()
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(Patience);
            return _process.ExitCode;
        }

        public void Dispose()
        {
            Http.Dispose();
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
            _process.Dispose();
        }
    }
}
