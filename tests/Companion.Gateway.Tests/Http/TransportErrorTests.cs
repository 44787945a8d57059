using System.Net;
using System.Net.Sockets;
using System.Text;
using Companion.Gateway.Api;
using Companion.Gateway.Network;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class TransportErrorTests
{
    [TestMethod]
    public async Task A_refused_connection_means_not_sent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}";
        listener.Stop();
        using var gateway = new RealGateway(url);
        foreach (var e in new[] { await gateway.GetFails(), await gateway.PostFails() })
        {
            Assert.AreEqual((GoogleRpcCode.Unavailable, FaultKind.NotSent), (e.Code, e.Kind));
            Assert.AreEqual(NotSentReason.ConnectionRefused, e.NotSentReason);
        }
    }

    [TestMethod]
    [DataRow(HttpRequestError.NameResolutionError, NotSentReason.NameResolution)]
    [DataRow(HttpRequestError.ProxyTunnelError, NotSentReason.Proxy)]
    [DataRow(HttpRequestError.SecureConnectionError, NotSentReason.Tls)]
    [DataRow(HttpRequestError.ConnectionError, NotSentReason.ConnectionRefused)]
    public async Task A_failure_before_the_request_means_not_sent(HttpRequestError error, NotSentReason reason)
    {
        var gateway = new StubGateway(_ => throw new HttpRequestException(error, "boom"));
        var e = await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
        Assert.AreEqual((FaultKind.NotSent, reason), (e.Kind, e.NotSentReason));
    }

    [TestMethod]
    public async Task A_POST_whose_body_was_never_read_means_not_sent()
    {
        using var http = new HttpClient(new StubHandler(static _ => throw new HttpRequestException("no reason given")));
        var client = new GatewayClient(http, GatewayUrl.Default, () => StubGateway.Key, new TestTimeProvider(), new RecordingLogger());
        var e = await StubGateway.FailureOf(
            () => client.DisconnectEnvironmentAsync("a", "b", new GatewayDisconnectEnvironmentBody(), CancellationToken.None));
        Assert.AreEqual((FaultKind.NotSent, NotSentReason.Other), (e.Kind, e.NotSentReason));
    }

    [TestMethod]
    public async Task A_connect_timeout_means_not_sent()
    {
        // Accepts the connection but never answers the TLS handshake.
        await using var server = new RawServer(async (socket, stop) =>
        {
            while (await socket.ReceiveAsync(new byte[1024], stop) > 0)
            {
            }
        });
        using var gateway = new RealGateway(
            server.Url.Replace("http:", "https:", StringComparison.Ordinal),
            new GatewayHttpOptions { ConnectTimeout = TimeSpan.FromMilliseconds(100) });
        var e = await gateway.PostFails();
        Assert.AreEqual((FaultKind.NotSent, NotSentReason.ConnectTimeout), (e.Kind, e.NotSentReason));
    }

    [TestMethod]
    public async Task A_connection_that_ends_without_a_response_is_lost()
    {
        await using var server = RawServer.Answering();
        using var gateway = new RealGateway(server.Url);
        foreach (var e in new[] { await gateway.GetFails(), await gateway.PostFails() })
        {
            Assert.AreEqual((GoogleRpcCode.Unavailable, FaultKind.ConnectionLost), (e.Code, e.Kind));
            Assert.IsNull(e.HttpStatus);
        }
    }

    [TestMethod]
    [DataRow("HELLO\r\n\r\n")]
    [DataRow("HTTP/1.1 abc\r\n\r\n")]
    public async Task Invalid_HTTP_is_an_invalid_response(string bytes)
    {
        await using var server = RawServer.Answering(Encoding.ASCII.GetBytes(bytes));
        using var gateway = new RealGateway(server.Url);
        Assert.AreEqual((FaultKind.InvalidResponse, InvalidResponseReason.NotHttp), ((await gateway.PostFails()) is var e ? (e.Kind, e.InvalidResponseReason) : default));
    }

    [TestMethod]
    public async Task A_truncated_body_is_an_invalid_response_with_its_status()
    {
        await using var server = RawServer.Answering(RawServer.Head("200 OK\r\nContent-Length: 100"), "{\"name\":"u8.ToArray());
        using var gateway = new RealGateway(server.Url);
        foreach (var e in new[] { await gateway.GetFails(), await gateway.PostFails() })
            Assert.AreEqual((FaultKind.InvalidResponse, 200, InvalidResponseReason.CutOff), (e.Kind, e.HttpStatus, e.InvalidResponseReason));
    }

    [TestMethod]
    public async Task A_truncated_body_does_not_hide_the_error()
    {
        await using var server = RawServer.Answering(RawServer.Head("409 Conflict\r\nContent-Length: 100"), "{\"code\":9,"u8.ToArray());
        using var gateway = new RealGateway(server.Url);
        var e = await gateway.PostFails();
        Assert.AreEqual((FaultKind.ErrorResponse, 409, GoogleRpcCode.Aborted), (e.Kind, e.HttpStatus, e.Code));
    }

    [TestMethod]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = RawServer.Answering(
            RawServer.Head("307 Temporary Redirect\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0"));
        using var gateway = new RealGateway(server.Url);
        Assert.AreEqual((FaultKind.InvalidResponse, 307), ((await gateway.GetFails()) is var e ? (e.Kind, e.HttpStatus) : default));
        Assert.AreEqual(1, server.Accepted);
    }

    [TestMethod]
    public async Task Cookies_are_not_kept()
    {
        var heads = new List<string>();
        await using var server = new RawServer(async (socket, stop) =>
        {
            heads.Add(await RawServer.ReadHeadAsync(socket, stop));
            await socket.SendAsync(RawServer.Head("200 OK\r\nSet-Cookie: a=b\r\nConnection: close\r\nContent-Length: 0"), stop);
        });
        using var gateway = new RealGateway(server.Url);
        await gateway.Client.VerifyApiKeyAsync(CancellationToken.None);
        await gateway.Client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.HasCount(2, heads);
        Assert.DoesNotContain("Cookie", heads[1]);
        Assert.Contains("Accept-Encoding: gzip, br", heads[1]);
    }

    [TestMethod]
    public async Task A_POST_on_a_connection_that_the_server_closes_is_not_sent_again()
    {
        var posts = 0;
        await using var server = new RawServer(async (socket, stop) =>
        {
            while (await RawServer.ReadHeadAsync(socket, stop) is { Length: > 0 } head)
            {
                if (head.StartsWith("POST", StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref posts);
                    return; // a clean close, which a client could mistake for the end of an idle connection
                }

                await socket.SendAsync(RawServer.Head("200 OK\r\nContent-Length: 0"), stop);
            }
        });
        using var gateway = new RealGateway(server.Url);
        await gateway.Client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.AreEqual(FaultKind.ConnectionLost, (await gateway.PostFails()).Kind);
        Assert.AreEqual((1, 1), (posts, server.Accepted));
    }

    [TestMethod]
    public async Task A_POST_in_progress_when_the_client_is_closed_may_have_arrived()
    {
        var asked = new TaskCompletionSource();
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadHeadAsync(socket, stop);
            asked.SetResult();
            while (await socket.ReceiveAsync(new byte[16], stop) > 0)
            {
            }
        });
        using var gateway = new RealGateway(server.Url);
        var call = gateway.Post();
        await asked.Task;
        gateway.Dispose();
        Assert.AreEqual(FaultKind.ConnectionLost, (await StubGateway.FailureOf(() => call)).Kind);
    }
}
