using System.Text;

namespace Companion.Gateway.Network;

/// <summary>
/// Makes .NET's handler send each request only once. By default, if the connection is closed, it sends a request without content up to four
/// times, and after HTTP/2's REFUSED_STREAM even one with content, without respecting the rate limit or the decision to send it.
/// </summary>
internal static class SendOnce
{
    /// <summary>Writing this header counts as sending. Every request to the gateway has it.</summary>
    public const string Marker = "Accept";

    private const string Sent = "Companion.Sent";

    /// <summary>A <see cref="SocketsHttpHandler.RequestHeaderEncodingSelector"/>, the only hook that runs whenever a request is written.</summary>
    /// <returns>Null, for the default encoding.</returns>
    /// <exception cref="HttpRequestException">The request was written before.</exception>
    public static Encoding? Guard(string header, HttpRequestMessage request) => header != Marker || request.Options.TryAdd(Sent, true)
        ? null
        : throw new HttpRequestException(HttpRequestError.Unknown, "The connection was lost, and the request can't be sent again.");
}
