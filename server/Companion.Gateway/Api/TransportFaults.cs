using System.Globalization;
using System.Net.Sockets;
using System.Security.Authentication;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Api;

/// <summary>Says in the gateway's vocabulary what went wrong below HTTP.</summary>
internal static class TransportFaults
{
    /// <summary>The exceptions by which the platform says that a request or its answer failed.</summary>
    public static bool IsOne(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException or SocketException or AuthenticationException
            or NotSupportedException or InvalidOperationException or InvalidDataException;

    /// <summary>No answer's status had been read yet.</summary>
    /// <param name="detail">The exception's messages, cleaned.</param>
    /// <param name="content">The request's body, or null for a GET.</param>
    /// <param name="timedOut">True if the call's own time limit expired.</param>
    public static GatewayException WhileSending(GatewayCall call, Exception e, string? detail, SentContent? content, bool timedOut)
    {
        // Once the body was asked for, nothing that the platform says proves that it did not arrive.
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
            ? new(GoogleRpcCode.Unknown, FaultKind.BadAnswer, "The gateway's response isn't valid HTTP.")
            {
                Call = call.Name,
                BadAnswerReason = BadAnswerReason.NotHttp,
                Detail = detail,
            }
            : new(GoogleRpcCode.Unavailable, FaultKind.ConnectionLost, "The connection to the gateway was lost before a response arrived.")
            {
                Call = call.Name,
                Detail = detail,
            };
    }

    /// <summary>The status was of success, and the body failed.</summary>
    /// <param name="detail">The exception's messages, cleaned.</param>
    /// <param name="timedOut">True if the call's own time limit expired.</param>
    public static GatewayException WhileReading(GatewayCall call, int httpStatus, string? detail, bool timedOut) =>
        timedOut ? TimedOut(call, httpStatus) : BadAnswer(call, httpStatus, "The gateway's response was cut off.", detail, BadAnswerReason.CutOff);

    /// <summary>An answer is larger than any honest one.</summary>
    public static GatewayException TooLarge(GatewayCall call, int httpStatus) =>
        BadAnswer(call, httpStatus, $"The gateway's response is larger than {GatewayTransport.MaxAnswerBytes / (1024 * 1024)} MiB.");

    /// <summary>An answer of success that cannot be used.</summary>
    /// <param name="detail">The exception's messages, cleaned, or null.</param>
    public static GatewayException BadAnswer(
        GatewayCall call, int httpStatus, string message, string? detail = null, BadAnswerReason reason = BadAnswerReason.Content) =>
        new(GoogleRpcCode.Unknown, FaultKind.BadAnswer, message)
        {
            Call = call.Name,
            HttpStatus = httpStatus,
            Detail = detail,
            BadAnswerReason = reason,
            IsPage = reason == BadAnswerReason.Page,
        };

    /// <summary>A request that never left.</summary>
    /// <param name="detail">The exception's messages, cleaned, or null.</param>
    public static GatewayException NotSent(
        GatewayCall call, NotSentReason reason, GoogleRpcCode code, string message, string? detail = null) =>
        new(code, FaultKind.NotSent, message) { Call = call.Name, NotSentReason = reason, Detail = detail };

    /// <summary>What an exception and those within it say, cleaned.</summary>
    /// <param name="apiKey">The current key, which is masked.</param>
    public static string? Detail(Exception e, string apiKey)
    {
        var words = new List<string>();
        for (var inner = e; inner is not null && words.Count < 8; inner = inner.InnerException)
            words.Add(inner.Message);
        return MessageText.Clean(string.Join(' ', words.Distinct(StringComparer.Ordinal)), apiKey);
    }

    /// <summary>The HTTP status by which a proxy refused to connect; null where it did not.</summary>
    public static int? ProxyStatus(Exception e)
    {
        // The platform has it in its words alone: "… failed with status code '407'."
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

        // Neither the caller nor the call's own time ended it: the handler's limit on connecting did.
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
