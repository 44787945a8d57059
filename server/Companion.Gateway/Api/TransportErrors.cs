using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Api;

/// <summary>Converts errors below HTTP to a <see cref="GatewayException"/>.</summary>
internal static class TransportErrors
{
    /// <summary>Whether .NET throws this exception when a request or its response fails.</summary>
    public static bool IsTransportError(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or SocketException or AuthenticationException
            or NotSupportedException or InvalidOperationException or InvalidDataException;

    /// <summary>Creates the exception for a failure before the response's status was read.</summary>
    /// <param name="detail">The exception's messages, cleaned.</param>
    /// <param name="content">The request's body, or null for a GET.</param>
    /// <param name="timedOut">True if the call's own time limit expired.</param>
    public static GatewayException FromSendFailure(GatewayCall call, Exception e, string? detail, TrackedContent? content, bool timedOut)
    {
        // After sending the body has started, no exception proves that it didn't arrive.
        var reason = content is { IsStarted: true } ? null : NotSentReasonOf(e, timedOut);
        if (reason is null && content is { IsStarted: false })
            reason = timedOut ? NotSentReason.ConnectTimeout : NotSentReason.Other;
        if (reason is { } notSent)
            return new GatewayException(GoogleRpcCode.Unavailable, FaultKind.NotSent, NotSentMessage(notSent))
            {
                Call = call.Name,
                NotSentReason = notSent,
                Detail = detail,
                ProxyStatus = ProxyStatus(e),
                SocketError = (e.InnerException as SocketException)?.SocketErrorCode,
            };
        if (timedOut)
            return TimedOut(call, httpStatus: null);
        return (e as HttpRequestException)?.HttpRequestError is HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError
            or HttpRequestError.ConfigurationLimitExceeded
            ? new(GoogleRpcCode.Unknown, FaultKind.InvalidResponse, "The gateway's response isn't valid HTTP.")
            {
                Call = call.Name,
                InvalidResponseReason = InvalidResponseReason.NotHttp,
                Detail = detail,
            }
            : new(GoogleRpcCode.Unavailable, FaultKind.ConnectionLost, "The connection to the gateway was lost before a response arrived.")
            {
                Call = call.Name,
                Detail = detail,
            };
    }

    /// <summary>Creates the exception for a successful status whose body can't be read.</summary>
    /// <param name="detail">The exception's messages, cleaned.</param>
    /// <param name="timedOut">True if the call's own time limit expired.</param>
    public static GatewayException FromReadFailure(GatewayCall call, int httpStatus, string? detail, bool timedOut) =>
        timedOut ? TimedOut(call, httpStatus) : InvalidResponse(call, httpStatus, "The gateway's response was cut off.", detail, InvalidResponseReason.CutOff);

    /// <summary>Creates the exception for a response that's larger than the limit.</summary>
    public static GatewayException TooLarge(GatewayCall call, int httpStatus) =>
        InvalidResponse(call, httpStatus, $"The gateway's response is larger than {GatewayTransport.MaxResponseBytes / (1024 * 1024)} MiB.");

    /// <summary>Creates the exception for a successful response that can't be used.</summary>
    /// <param name="detail">The exception's messages, cleaned, or null.</param>
    public static GatewayException InvalidResponse(
        GatewayCall call, int httpStatus, string message, string? detail = null, InvalidResponseReason reason = InvalidResponseReason.Content) =>
        new(GoogleRpcCode.Unknown, FaultKind.InvalidResponse, message)
        {
            Call = call.Name,
            HttpStatus = httpStatus,
            Detail = detail,
            InvalidResponseReason = reason,
            IsWebPage = reason == InvalidResponseReason.WebPage,
        };

    /// <summary>Creates the exception for a request that wasn't sent.</summary>
    /// <param name="detail">The exception's messages, cleaned, or null.</param>
    public static GatewayException NotSent(
        GatewayCall call, NotSentReason reason, GoogleRpcCode code, string message, string? detail = null) =>
        new(code, FaultKind.NotSent, message) { Call = call.Name, NotSentReason = reason, Detail = detail };

    /// <summary>Returns the messages of an exception and its inner exceptions, cleaned.</summary>
    /// <param name="apiKey">The current key, which is masked.</param>
    public static string? Detail(Exception e, string apiKey)
    {
        var words = new List<string>();
        for (var inner = e; inner is not null && words.Count < 8; inner = inner.InnerException)
            words.Add(inner.Message);
        return MessageText.Clean(string.Join(' ', words.Distinct(StringComparer.Ordinal)), apiKey);
    }

    /// <summary>Returns the HTTP status with which a proxy refused to connect, or null.</summary>
    public static int? ProxyStatus(Exception e)
    {
        // .NET has it only in the message: "… failed with status code '407'."
        if (e is not HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError })
            return null;
        foreach (var part in e.Message.Split('\''))
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status is >= 100 and < 600)
                return status;
        }

        return null;
    }

    private static GatewayException TimedOut(GatewayCall call, int? httpStatus) =>
        new(
            GoogleRpcCode.DeadlineExceeded, FaultKind.Timeout,
            string.Create(CultureInfo.InvariantCulture, $"The gateway didn't respond within {call.Limit.TotalSeconds:0} seconds."))
        {
            Call = call.Name,
            HttpStatus = httpStatus,
        };

    private static NotSentReason? NotSentReasonOf(Exception e, bool timedOut) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => NotSentReason.NameResolution,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => NotSentReason.ConnectionRefused,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => NotSentReason.Tls,
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => NotSentReason.Proxy,

        // Neither the caller nor the call's own time limit ended it, so the handler's connect timeout did.
        OperationCanceledException { InnerException: TimeoutException } when !timedOut => NotSentReason.ConnectTimeout,
        NotSupportedException => NotSentReason.Other,
        _ => null,
    };

    private static string NotSentMessage(NotSentReason reason) => reason switch
    {
        NotSentReason.NameResolution => "Couldn't resolve the host name of the gateway or the proxy.",
        NotSentReason.ConnectionRefused => "The gateway or the proxy refused the connection.",
        NotSentReason.ConnectTimeout => "Couldn't connect to the gateway in time.",
        NotSentReason.Tls => "Couldn't establish a secure connection to the gateway. This machine may not trust its certificate.",
        NotSentReason.Proxy => "The proxy refused to connect to the gateway.",
        _ => "Couldn't send the request to the gateway.",
    };
}
