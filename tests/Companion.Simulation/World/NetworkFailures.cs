using System.Net.Sockets;
using System.Security.Authentication;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>The exceptions that SocketsHttpHandler throws.</summary>
internal static class NetworkFailures
{
    private const string OnSending = "An error occurred while sending the request.";

    /// <summary>The exception of a fault before the request's body is requested, or null for a later fault.</summary>
    public static Exception? BeforeSending(FaultType fault) => fault switch
    {
        FaultType.DnsGone => new HttpRequestException(
            HttpRequestError.NameResolutionError, "Name or service not known", new SocketException((int)SocketError.HostNotFound)),
        FaultType.ConnectionRefused => new HttpRequestException(
            HttpRequestError.ConnectionError, "Connection refused", new SocketException((int)SocketError.ConnectionRefused)),
        FaultType.ConnectTimeout => new TaskCanceledException(
            "The operation was canceled.", new TimeoutException("A connection could not be established within the configured ConnectTimeout.")),
        FaultType.TlsFailure => new HttpRequestException(
            HttpRequestError.SecureConnectionError, "The SSL connection could not be established, see inner exception.",
            new AuthenticationException("The remote certificate is invalid.")),
        FaultType.ProxyRefused => new HttpRequestException(
            HttpRequestError.ProxyTunnelError, "The proxy tunnel request failed with status code '407'."),
        _ => null,
    };

    /// <summary>The connection is reset while writing the request or waiting for the response.</summary>
    public static HttpRequestException Reset() => new(
        OnSending, new IOException("Unable to transfer data on the transport connection.", new SocketException((int)SocketError.ConnectionReset)));

    /// <summary>The other side closes the connection instead of responding.</summary>
    public static HttpRequestException Closed() => new(
        HttpRequestError.ResponseEnded, OnSending, new HttpIOException(HttpRequestError.ResponseEnded, "The response ended prematurely."));

    /// <summary>The response isn't HTTP.</summary>
    public static HttpRequestException NotHttp() => new(
        HttpRequestError.InvalidResponse, OnSending, new HttpIOException(HttpRequestError.InvalidResponse, "Received an invalid status line."));
}
