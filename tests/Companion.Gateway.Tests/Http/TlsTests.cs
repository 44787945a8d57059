using Companion.Gateway.Network;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class TlsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("companion-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task An_untrusted_certificate_is_rejected_with_the_reason()
    {
        await using var server = new TlsServer();
        using var gateway = new RealGateway($"https://localhost:{server.Port}");
        var e = await gateway.PostFails();
        Assert.AreEqual((FaultKind.NotSent, NotSentReason.Tls), (e.Kind, e.NotSentReason));
        Assert.Contains("certificate", e.Detail!);
        Assert.AreEqual(0, server.Requests);
    }

    [TestMethod]
    public async Task The_authority_in_a_file_is_trusted_for_the_names_that_it_certified()
    {
        await using var server = new TlsServer();
        var options = new GatewayHttpOptions { CaFile = Write("ca.pem", server.AuthorityPem) };
        using var gateway = new RealGateway($"https://localhost:{server.Port}", options);
        Assert.AreEqual("train-a", (await gateway.Get()).EnvironmentId);

        using var otherName = new RealGateway($"https://127.0.0.1:{server.Port}", options);
        Assert.AreEqual(NotSentReason.Tls, (await otherName.GetFails()).NotSentReason);
    }

    [TestMethod]
    public async Task Another_authority_is_not_trusted()
    {
        await using var server = new TlsServer();
        await using var other = new TlsServer();
        using var gateway = new RealGateway(
            $"https://localhost:{server.Port}", new GatewayHttpOptions { CaFile = Write("ca.pem", other.AuthorityPem) });
        Assert.AreEqual(NotSentReason.Tls, (await gateway.GetFails()).NotSentReason);
    }

    [TestMethod]
    public async Task Without_strict_SSL_any_certificate_is_accepted()
    {
        await using var server = new TlsServer();
        using var gateway = new RealGateway($"https://127.0.0.1:{server.Port}", new GatewayHttpOptions { StrictSsl = false });
        Assert.AreEqual("train-a", (await gateway.Get()).EnvironmentId);
    }

    [TestMethod]
    public async Task A_server_without_TLS_never_receives_the_request()
    {
        var bytes = new List<string>();
        await using var server = new RawServer(async (socket, stop) =>
        {
            var buffer = new byte[4096];
            var read = await socket.ReceiveAsync(buffer, stop);
            bytes.Add(System.Text.Encoding.Latin1.GetString(buffer, 0, read));
            await socket.SendAsync(RawServer.Head("400 Bad Request\r\nContent-Length: 0"), stop);
        });
        using var gateway = new RealGateway(server.Url.Replace("http:", "https:", StringComparison.Ordinal));
        Assert.AreEqual(NotSentReason.Tls, (await gateway.PostFails()).NotSentReason);
        Assert.DoesNotContain("fw_", string.Concat(bytes));
    }

    [TestMethod]
    [DataRow("missing.pem", null)]
    [DataRow("empty.pem", "")]
    [DataRow("text.pem", "no certificate here")]
    [DataRow("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void A_file_without_certificates_is_rejected(string name, string? content)
    {
        var path = content is null ? Path.Combine(_folder, name) : Write(name, content);
        var e = Assert.ThrowsExactly<GatewayHttpOptionException>(
            () => GatewayHttp.CreateHandler(new GatewayHttpOptions { CaFile = path }));
        Assert.AreEqual("companion.caFile", e.Option);
        Assert.DoesNotContain(name, e.ToString());
    }

    [TestMethod]
    public void A_file_that_is_too_large_is_rejected()
    {
        string[] paths = OperatingSystem.IsWindows() ? [Huge()] : [Huge(), "/dev/zero"];
        foreach (var path in paths)
        {
            Assert.AreEqual(
                "companion.caFile", Assert.ThrowsExactly<GatewayHttpOptionException>(() => GatewayHttp.CreateHandler(new GatewayHttpOptions { CaFile = path })).Option);
        }

        string Huge() => Write("huge.pem", new string('\n', CertificateFile.MaxBytes + 1));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
