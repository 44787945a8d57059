using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Companion.Gateway.Tests.Support;

/// <summary>An HTTP/2 server over TLS that counts requests and responds with frames from the test.</summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private const int HeadersType = 1;
    private const int SettingsType = 4;

    private readonly X509Certificate2 _certificate;
    private readonly RawServer _server;
    private readonly Func<int, byte[]?> _answer;
    private int _requests;

    /// <summary>Starts the server.</summary>
    /// <param name="answer">The frames of the response to a request on a stream, or null to close the connection.</param>
    public Http2Server(Func<int, byte[]?> answer)
    {
        _answer = answer;
        _certificate = TlsServer.CreateCertificate(out _);
        _server = new RawServer(ServeAsync);
    }

    public string Url => _server.Url.Replace("http:", "https:", StringComparison.Ordinal);

    public int Requests => Volatile.Read(ref _requests);

    public int Connections => _server.Accepted;

    /// <summary>Resets a stream.</summary>
    public static byte[] Reset(int stream, int error) => Frame(3, stream, Number(error));

    /// <summary>Closes the connection and reports that no stream was processed.</summary>
    public static byte[] GoAway(int error) => Frame(7, 0, [.. Number(0), .. Number(error)]);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http2] }, stop);
        await tls.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length], stop);
        await tls.WriteAsync(Frame(SettingsType, 0, []), stop);
        var head = new byte[9];
        while (await tls.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop) == head.Length)
        {
            await tls.ReadExactlyAsync(new byte[(head[0] << 16) | (head[1] << 8) | head[2]], stop);
            if (head[3] == SettingsType && (head[4] & 1) == 0)
                await tls.WriteAsync(Frame(SettingsType, 0, [], flags: 1), stop);
            if (head[3] != HeadersType)
                continue;
            Interlocked.Increment(ref _requests);
            if (_answer(BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5))) is not { } frames)
                return;
            await tls.WriteAsync(frames, stop);
        }
    }

    private static byte[] Frame(byte type, int stream, byte[] payload, byte flags = 0) =>
        [.. Number(payload.Length)[1..], type, flags, .. Number(stream), .. payload];

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
