using Microsoft.Extensions.Logging;

namespace Companion.Gateway.Api;

/// <summary>Logs calls, but never a header, a query, or a body.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Call}: {Method} {Path} ({Sent} bytes) returned {HttpStatus} in {ElapsedMilliseconds:F0} ms ({Received} bytes)")]
    public static partial void Answered(
        ILogger logger, string call, HttpMethod method, string path, int sent, int httpStatus, double elapsedMilliseconds, int received);

    [LoggerMessage(2, LogLevel.Information, "{Call}: {Method} {Path} failed in {ElapsedMilliseconds:F0} ms: {Facts}")]
    public static partial void Failed(
        ILogger logger, string call, HttpMethod method, string path, double elapsedMilliseconds, string facts);

    /// <summary>Describes a failure without the gateway's message.</summary>
    public static string Facts(GatewayException e)
    {
        string?[] facts =
        [
            e.Kind.ToString(), e.NotSentReason?.ToString(), GoogleRpcCodes.Name(e.Code), e.HttpStatus is { } status ? $"HTTP {status}" : null,
            e.RequestId is { } id ? $"request {id}" : null, e.Detail,
        ];
        return string.Join(", ", facts.OfType<string>());
    }
}
