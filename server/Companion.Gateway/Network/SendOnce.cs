using System.Text;

namespace Companion.Gateway.Network;

/// <summary>
/// Lets the platform's handler put each request on the wire once. It otherwise sends a request without content up to four times where the
/// peer hangs up, and one with content after HTTP/2's REFUSED_STREAM: past the pace, and past whoever decided that it is sent.
/// </summary>
internal static class SendOnce
{
    /// <summary>The header whose writing counts as sending. Every request to the gateway has it.</summary>
    public const string Marker = "Accept";

    private const string Sent = "Companion.Sent";

    /// <summary>A <see cref="SocketsHttpHandler.RequestHeaderEncodingSelector"/>: the one hook that runs each time that a request is written.</summary>
    /// <returns>Null: the default encoding.</returns>
    /// <exception cref="HttpRequestException">The request was written before.</exception>
    public static Encoding? Guard(string header, HttpRequestMessage request) => header != Marker || request.Options.TryAdd(Sent, true)
        ? null
        : throw new HttpRequestException(HttpRequestError.Unknown, "The connection was lost, and the request can't be sent again.");
}
