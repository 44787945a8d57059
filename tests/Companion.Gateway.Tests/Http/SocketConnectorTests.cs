using System.Net;
using System.Net.Sockets;
using Companion.Gateway.Network;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class SocketConnectorTests
{
    [TestMethod]
    [DataRow("::1 ::2 127.0.0.1 127.0.0.2", "::1 127.0.0.1 ::2 127.0.0.2")]
    [DataRow("127.0.0.1 ::1 ::2", "127.0.0.1 ::1 ::2")]
    [DataRow("127.0.0.1 127.0.0.2", "127.0.0.1 127.0.0.2")]
    [DataRow("::1", "::1")]
    public void Address_families_alternate(string found, string tried)
    {
        var addresses = found.Split(' ').Select(IPAddress.Parse).ToList();
        Assert.AreEqual(tried, string.Join(' ', SocketConnector.Interleave(addresses)));
    }

    [TestMethod]
    public async Task An_address_that_refuses_the_connection_is_skipped_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var time = new TestTimeProvider(); // never advances, because nothing here waits
        var trace = new ConnectionTrace(time);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var stream = await new SocketConnector(time, trace).RaceAsync(
            [IPAddress.IPv6Loopback, IPAddress.Loopback], port, CancellationToken.None);
        Assert.AreEqual(IPAddress.Loopback, trace.Connected);
        Assert.AreEqual(IPAddress.IPv6Loopback, trace.Failures.Single().Address);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)] // elsewhere, 127.0.0.2 isn't an address, and a full queue refuses connections
    public async Task An_address_that_does_not_respond_costs_250_ms()
    {
        // The queue is full and nothing is accepted, so further connections hang, as in a network that drops them.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.1"), 0));
        full.Listen(0);
        var port = ((IPEndPoint)full.LocalEndPoint!).Port;
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(IPAddress.Parse("127.0.0.1"), port);
        using var answering = new TcpListener(IPAddress.Parse("127.0.0.2"), port);
        answering.Start();

        var time = new TestTimeProvider();
        var trace = new ConnectionTrace(time);
        var racing = new SocketConnector(time, trace).RaceAsync(
            [IPAddress.Parse("127.0.0.1"), IPAddress.Parse("127.0.0.2")], port, CancellationToken.None);
        Assert.IsFalse(racing.IsCompleted);
        time.Advance(SocketConnector.Stagger);
        await using var stream = await racing;
        Assert.AreEqual(IPAddress.Parse("127.0.0.2"), trace.Connected);
    }

    [TestMethod]
    public async Task If_no_address_responds_the_last_ones_error_is_reported()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var e = await Assert.ThrowsExactlyAsync<SocketException>(
            () => new SocketConnector(TimeProvider.System, null).RaceAsync([IPAddress.Loopback, IPAddress.IPv6Loopback], port, CancellationToken.None));
        Assert.AreEqual(SocketError.ConnectionRefused, e.SocketErrorCode);
    }
}
