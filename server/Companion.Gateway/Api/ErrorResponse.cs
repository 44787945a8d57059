using System.Net;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Api;

/// <summary>Creates an exception from an HTTP response that isn't a success.</summary>
internal static class ErrorResponse
{
    private const int MaxRequestIdLength = 128;

    private static readonly string[] RequestIdHeaders = ["x-request-id", "x-fireworks-request-id", "x-amzn-requestid", "cf-ray"];

    /// <summary>Creates the exception.</summary>
    /// <param name="apiKey">The current key, which is masked.</param>
    /// <param name="body">The body, possibly truncated.</param>
    public static GatewayException ToException(
        GatewayCall call, string apiKey, HttpResponseMessage response, SizeLimitedBody body, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var redirectHost = status < 400 ? RedirectHost(response, apiKey) : null;
        var decoded = status < 400 ? default : ErrorBody.Decode(body.Bytes.Span);
        var gatewayMessage = MessageText.Clean(decoded.Message, apiKey);
        var code = decoded.Code ?? GoogleRpcCodes.FromHttpStatus(status);
        var bad = status < 400 ? InvalidResponseReason.Redirect : IsStray(status, code, decoded) ? InvalidResponseReason.StrayNotFound : (InvalidResponseReason?)null;
        return new GatewayException(
            bad is null ? code : GoogleRpcCode.Unknown,
            bad is null ? FaultKind.ErrorResponse : FaultKind.InvalidResponse,
            bad switch
            {
                InvalidResponseReason.Redirect => RedirectMessage(redirectHost),
                InvalidResponseReason.StrayNotFound => StrayMessage(status),
                _ => gatewayMessage ?? $"The gateway returned HTTP {status}{Reason(status)}.",
            })
        {
            Call = call.Name,
            InvalidResponseReason = bad ?? default,
            IsWebPage = ErrorBody.IsWebPage(body.Bytes.Span),
            ProxyStatus = status == (int)HttpStatusCode.ProxyAuthenticationRequired ? status : null,
            RedirectHost = redirectHost,
            HttpStatus = status,
            GatewayMessage = gatewayMessage,
            RequestId = RequestId(response, apiKey),
            RetryAfter = RetryAfterHeader.Read(response.Headers, now),
        };
    }

    /// <summary>Returns the error in the body of a successful response, or null if there's none.</summary>
    public static GatewayException? FromBody(GatewayCall call, GatewayResponse response)
    {
        var body = response.Body.Span;
        var decoded = body.Length <= GatewayTransport.MaxErrorBytes ? ErrorBody.Decode(body) : default;
        if (!decoded.IsErrorObject)
            return null;
        var message = MessageText.Clean(decoded.Message, response.ApiKey);
        return new GatewayException(
            decoded.Code ?? GoogleRpcCode.Unknown, FaultKind.ErrorResponse, message ?? $"The gateway returned HTTP {response.HttpStatus} with an error.")
        {
            Call = call.Name,
            HttpStatus = response.HttpStatus,
            GatewayMessage = message,
        };
    }

    // Load balancers, proxies, and web servers return 404 and 410 too. Only the gateway's own format proves that the resource doesn't exist.
    private static bool IsStray(int status, GoogleRpcCode code, ErrorBody body) =>
        !body.IsStatus && (status is 404 or 410 || code == GoogleRpcCode.NotFound);

    private static string StrayMessage(int status) =>
        $"Received HTTP {status}, but not in the gateway's format. A proxy or load balancer may have sent it, "
        + "or the gateway doesn't offer this feature to the account.";

    private static string? RedirectHost(HttpResponseMessage response, string apiKey)
    {
        var location = response.Headers.NonValidated.TryGetValues("Location", out var values) ? values.FirstOrDefault() : null;
        return Uri.TryCreate(location, UriKind.Absolute, out var target) && target.Host.Length > 0
            ? MessageText.Clean(target.Host, apiKey)
            : null;
    }

    private static string RedirectMessage(string? host) =>
        $"The gateway returned a redirect{(host is null ? "" : $" to {host}")}, which wasn't followed. "
        + "Check the gateway URL, and whether this network requires you to sign in in a browser.";

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
