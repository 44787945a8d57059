using System.Net;

namespace Companion.Gateway;

/// <summary>Makes an exception of an HTTP answer that is not of success.</summary>
internal static class ErrorAnswer
{
    private const int MaxRequestIdLength = 128;

    private static readonly string[] RequestIdHeaders = ["x-request-id", "x-fireworks-request-id", "x-amzn-requestid", "cf-ray"];

    /// <summary>The exception.</summary>
    /// <param name="call">The request.</param>
    /// <param name="apiKey">The key in use, to be masked.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">What was read of its body.</param>
    /// <param name="now">The time here.</param>
    public static GatewayException ToException(
        GatewayCall call, string apiKey, HttpResponseMessage response, CappedBody body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var isRedirect = status < 400;
        var redirectHost = isRedirect ? RedirectHost(response, apiKey) : null;
        var decoded = isRedirect ? default : ErrorBody.Decode(body.Bytes.Span);
        var gatewayMessage = MessageText.Clean(decoded.Message, apiKey);
        return new GatewayException(
            isRedirect ? GoogleRpcCode.Unknown : decoded.Code ?? GoogleRpcCodes.FromHttpStatus(status),
            isRedirect ? FaultKind.BadAnswer : FaultKind.Answered,
            isRedirect ? RedirectMessage(redirectHost) : gatewayMessage ?? $"The gateway answered HTTP {status}{Reason(status)}.")
        {
            Call = call.Name,
            BadAnswerReason = isRedirect ? BadAnswerReason.Redirect : default,
            RedirectHost = redirectHost,
            HttpStatus = status,
            GatewayMessage = gatewayMessage,
            RequestId = RequestId(response, apiKey),
            RetryAfter = RetryAfterHeader.Read(response.Headers, now),
        };
    }

    private static string? RedirectHost(HttpResponseMessage response, string apiKey)
    {
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
        return Uri.TryCreate(location, UriKind.Absolute, out var target) && target.Host.Length > 0
            ? MessageText.Clean(target.Host, apiKey)
            : null;
    }

    private static string RedirectMessage(string? host) =>
        $"The gateway answered with a redirect{(host is null ? "" : $" to {host}")}, which is not followed: "
        + "check the gateway's URL, and whether this network asks for a login in the browser.";

    private static string Reason(int status) =>
        Enum.IsDefined((HttpStatusCode)status) ? $" ({(HttpStatusCode)status})" : "";

    private static string? RequestId(HttpResponseMessage response, string apiKey)
    {
        foreach (var name in RequestIdHeaders)
        {
            if (response.Headers.NonValidated.TryGetValues(name, out var values)
                && values.FirstOrDefault() is { Length: > 0 and <= MaxRequestIdLength } id
                && !id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            {
                return SecretMask.Redact(id, apiKey);
            }
        }

        return null;
    }
}
