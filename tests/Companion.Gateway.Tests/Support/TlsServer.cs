using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway.Tests.Support;

/// <summary>A server with a certificate for "localhost" only, from a certificate authority that isn't trusted anywhere.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly RawServer _server;
    private readonly X509Certificate2 _certificate;

    public TlsServer()
    {
        _certificate = CreateCertificate(out var authorityPem);
        AuthorityPem = authorityPem;
        _server = new RawServer(ServeAsync);
    }

    public string AuthorityPem { get; }

    public int Requests { get; private set; }

    public int Port => new Uri(_server.Url).Port;

    public static X509Certificate2 CreateCertificate(out string authorityPem)
    {
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        var until = DateTimeOffset.UtcNow.AddDays(7);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Companion test authority", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authorityRequest.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(authorityRequest.PublicKey, false));
        using var authority = authorityRequest.CreateSelfSigned(from, until);
        authorityPem = authority.ExportCertificatePem();

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var bare = request.Create(authority, from, until, RandomNumberGenerator.GetBytes(8));
        using var withKey = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null); // required by Windows
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        await using var tls = new SslStream(new NetworkStream(socket));
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, stop);
        }
        catch (System.Security.Authentication.AuthenticationException)
        {
            return; // The client rejected the certificate.
        }

        var buffer = new byte[8192];
        if (await tls.ReadAsync(buffer, stop) == 0)
            return;
        Requests++;
        await tls.WriteAsync(RawServer.Head("200 OK\r\nContent-Length: 18\r\nConnection: close"), stop);
        await tls.WriteAsync("{\"name\":\"train-a\"}"u8.ToArray(), stop);
    }
}
