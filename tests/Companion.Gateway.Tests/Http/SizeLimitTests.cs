using System.IO.Compression;
using System.Net;
using System.Text;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class SizeLimitTests
{
    private const long Gibibyte = 1024L * 1024 * 1024;
    private const int Mebibyte = 1024 * 1024;

    [TestMethod]
    public async Task A_gigabyte_is_not_read()
    {
        var body = new CountingStream(Gibibyte);
        var gateway = new StubGateway(_ => new HttpResponseMessage { Content = new StreamContent(body) });
        var e = await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None));
        Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
        Assert.Contains("larger than 4 MiB", e.Message);
        Assert.AreEqual((4 * Mebibyte) + 1, body.Taken);
        Assert.IsTrue(body.IsDisposed);
    }

    [TestMethod]
    public async Task An_announced_gigabyte_is_not_read_at_all()
    {
        var body = new CountingStream(Gibibyte);
        var content = new StreamContent(body);
        content.Headers.ContentLength = Gibibyte;
        var gateway = new StubGateway(_ => new HttpResponseMessage { Content = content });
        var e = await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None));
        Assert.Contains("larger than 4 MiB", e.Message);
        Assert.AreEqual(0, body.Taken);
    }

    [TestMethod]
    public async Task Of_an_errors_body_64_KiB_are_read()
    {
        var body = new CountingStream(Gibibyte);
        var gateway = new StubGateway(_ => new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StreamContent(body) });
        var e = await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None));
        Assert.AreEqual((FaultKind.ErrorResponse, 502), (e.Kind, e.HttpStatus));
        Assert.AreEqual((64 * 1024) + 1, body.Taken);
    }

    [TestMethod]
    public async Task A_response_just_under_the_limit_is_read()
    {
        const string Start = """{"name":"train-a","displayName":"x",""";
        var padding = new string(' ', (4 * Mebibyte) - Start.Length - 1);
        var environment = await StubGateway.Answering(Start[..^1] + padding + "}")
            .Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None);
        Assert.AreEqual("x", environment.DisplayName);
    }

    [TestMethod]
    public async Task A_gigabyte_over_a_socket_stays_on_the_server()
    {
        long sent = 0;
        var spaces = Encoding.ASCII.GetBytes(new string(' ', 64 * 1024));
        await using var server = new RawServer(async (socket, stop) =>
        {
            await RawServer.ReadHeadAsync(socket, stop);
            await socket.SendAsync(RawServer.Head("200 OK"), stop);
            while (Interlocked.Read(ref sent) < Gibibyte)
                Interlocked.Add(ref sent, await socket.SendAsync(spaces, stop)); // fails once the client is gone
        });
        using var gateway = new RealGateway(server.Url);
        Assert.Contains("larger than 4 MiB", (await gateway.GetFails()).Message);
        Assert.IsLessThan(24L * Mebibyte, Interlocked.Read(ref sent));
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("br")]
    public async Task A_decompression_bomb_is_not_unpacked(string encoding)
    {
        var bomb = Compress(encoding, new byte[64 * Mebibyte]);
        Assert.IsLessThan(Mebibyte, bomb.Length);
        await using var server = Serving(encoding, bomb);
        using var gateway = new RealGateway(server.Url);
        Assert.Contains("larger than 4 MiB", (await gateway.GetFails()).Message);
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("br")]
    public async Task Compressed_responses_are_read(string encoding)
    {
        await using var server = Serving(encoding, Compress(encoding, Encoding.UTF8.GetBytes("""{"name":"train-a","displayName":"packed"}""")));
        using var gateway = new RealGateway(server.Url);
        Assert.AreEqual("packed", (await gateway.Get()).DisplayName);
    }

    [TestMethod]
    [DataRow("gzip")]
    [DataRow("br")]
    public async Task Invalid_compression_is_an_invalid_response(string encoding)
    {
        await using var server = Serving(encoding, Encoding.ASCII.GetBytes("this was never packed by anybody, was it?"));
        using var gateway = new RealGateway(server.Url);
        Assert.AreEqual(FaultKind.InvalidResponse, (await gateway.GetFails()).Kind);
        Assert.AreEqual(FaultKind.InvalidResponse, (await gateway.PostFails()).Kind);
    }

    [TestMethod]
    public async Task Headers_are_limited()
    {
        await using var server = RawServer.Answering(RawServer.Head($"200 OK\r\nContent-Length: 2\r\nX-Long: {new string('x', 40 * 1024)}"), "{}"u8.ToArray());
        using var gateway = new RealGateway(server.Url);
        Assert.AreEqual(FaultKind.InvalidResponse, (await gateway.GetFails()).Kind);
    }

    private static RawServer Serving(string encoding, byte[] body) =>
        RawServer.Answering(RawServer.Head($"200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}"), body);

    private static byte[] Compress(string encoding, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal) : new BrotliStream(packed, CompressionLevel.Fastest))
            packer.Write(bytes);
        return packed.ToArray();
    }

    private sealed class CountingStream(long length) : MemoryStream
    {
        private long _left = length;

        public long Taken { get; private set; }

        public bool IsDisposed { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer.Span[..count].Fill((byte)' ');
            _left -= count;
            Taken += count;
            return ValueTask.FromResult(count);
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
