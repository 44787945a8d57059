using Microsoft.Extensions.Logging;

namespace Companion.Gateway;

/// <summary>What is logged of a call: never a header, a query or a body.</summary>
internal static partial class GatewayLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Call}: {Method} {Path} answered {HttpStatus} in {ElapsedMilliseconds:F0} ms")]
    public static partial void Answered(
        ILogger logger, string call, HttpMethod method, string path, int httpStatus, double elapsedMilliseconds);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "{Call}: {Method} {Path} failed ({Kind}, {Code}, HTTP {HttpStatus}, request {RequestId}) in {ElapsedMilliseconds:F0} ms")]
    public static partial void Failed(
        ILogger logger, string call, HttpMethod method, string path, FaultKind kind, string code, int? httpStatus, string? requestId,
        double elapsedMilliseconds);
}
