using System.Net.Sockets;
using Companion.Gateway.Network;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

/// <summary>A server receives each request exactly once, although .NET's handler would repeat it.</summary>
[TestClass]
public sealed class SendOnceTests
{
    private const int NoError = 0;
    private const int RefusedStream = 7;
    private const int Http11Required = 13;

    private static readonly GatewayHttpOptions AnyCertificate = new() { StrictSsl = false };

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_server_that_closes_the_connection_receives_each_request_once(bool isPolite)
    {
        var heads = new List<string>();
        await using var server = new RawServer(async (socket, stop) =>
        {
            lock (heads)
                heads.Add("");
            var head = await RawServer.ReadHeadAsync(socket, stop);
            lock (heads)
                heads[^1] = head;
            socket.LingerState = new LingerOption(!isPolite, 0); // a reset instead of a close
        });
        using var gateway = new RealGateway(server.Url);
        Assert.AreEqual(FaultKind.ConnectionLost, (await gateway.GetFails()).Kind);
        Assert.AreEqual(1, heads.Count(static head => head.StartsWith("GET", StringComparison.Ordinal)));
        Assert.AreEqual(FaultKind.ConnectionLost, (await gateway.PostFails()).Kind);
        Assert.AreEqual(1, heads.Count(static head => head.StartsWith("POST", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_request_on_a_closed_idle_connection_is_not_repeated()
    {
        var heads = new List<string>();
        await using var server = new RawServer(async (socket, stop) =>
        {
            while (await RawServer.ReadHeadAsync(socket, stop) is { Length: > 0 } head)
            {
                lock (heads)
                    heads.Add(head);
                if (heads.Count > 1)
                    return;
                await socket.SendAsync(RawServer.Head("200 OK\r\nContent-Length: 0"), stop);
            }
        });
        using var gateway = new RealGateway(server.Url);
        await gateway.Client.VerifyApiKeyAsync(CancellationToken.None);
        Assert.AreEqual(FaultKind.ConnectionLost, (await gateway.GetFails()).Kind);
        Assert.HasCount(2, heads);
    }

    [TestMethod]
    [DataRow("a refused stream")]
    [DataRow("a goodbye")]
    [DataRow("a hang-up")]
    [DataRow("a request for HTTP/1.1")]
    public async Task Over_http2_each_request_arrives_once(string how)
    {
        await using var server = new Http2Server(stream => how switch
        {
            "a refused stream" => Http2Server.Reset(stream, RefusedStream),
            "a request for HTTP/1.1" => Http2Server.Reset(stream, Http11Required),
            "a goodbye" => Http2Server.GoAway(NoError),
            _ => null,
        });
        using var gateway = new RealGateway(server.Url, AnyCertificate);
        Assert.AreNotEqual(FaultKind.ErrorResponse, (await gateway.GetFails()).Kind);
        Assert.AreEqual(1, server.Requests);
        Assert.AreNotEqual(FaultKind.ErrorResponse, (await gateway.PostFails()).Kind);
        Assert.AreEqual(2, server.Requests);
    }

    [TestMethod]
    public async Task The_request_that_opens_a_connection_is_sent_once()
    {
        var heads = new List<string>();
        await using var server = new RawServer(async (socket, stop) => heads.Add(await RawServer.ReadHeadAsync(socket, stop)));
        using var http = GatewayHttp.CreateClient(GatewayHttp.CreateHandler(new GatewayHttpOptions()));
        using var request = GatewayHttp.CreateConnectionRequest(new Uri(server.Url));
        await Assert.ThrowsExactlyAsync<HttpRequestException>(() => http.SendAsync(request));
        Assert.AreEqual(1, heads.Count(static head => head.StartsWith("HEAD", StringComparison.Ordinal)));
    }
}
