using System.Net.Sockets;

namespace Companion.Gateway;

/// <summary>
/// The only exception of a failed call to the gateway. (If the caller's token was canceled, it's <see cref="OperationCanceledException"/>.) Never
/// contains the API key.
/// </summary>
public sealed class GatewayException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence for the user, without secrets.</param>
    public GatewayException(GoogleRpcCode code, FaultKind kind, string message)
        : base(message)
    {
        Code = code;
        Kind = kind;
    }

    /// <summary>The error code. Never <see cref="GoogleRpcCode.Ok"/>.</summary>
    public GoogleRpcCode Code { get; }

    /// <summary>How far the call got.</summary>
    public FaultKind Kind { get; }

    /// <summary>Why the request wasn't sent. Null unless <see cref="Kind"/> is <see cref="FaultKind.NotSent"/>.</summary>
    public NotSentReason? NotSentReason { get; init; }

    /// <summary>Why the response can't be used, if <see cref="Kind"/> is <see cref="FaultKind.InvalidResponse"/>.</summary>
    public InvalidResponseReason InvalidResponseReason { get; init; }

    /// <summary>The HTTP status with which the proxy refused, or null.</summary>
    public int? ProxyStatus { get; init; }

    /// <summary>How the connection failed, or null if unknown.</summary>
    public SocketError? SocketError { get; init; }

    /// <summary>True if the response is a web page, for example of a portal, a proxy, or another site.</summary>
    public bool IsWebPage { get; init; }

    /// <summary>The host that a redirect leads to, or null. Cleaned like <see cref="GatewayMessage"/>.</summary>
    public string? RedirectHost { get; init; }

    /// <summary>The gateway's name for the call, such as ConnectEnvironment.</summary>
    public string? Call { get; init; }

    /// <summary>The HTTP status of the response, or null if there was none.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's message: one line without control characters, at most 1,000 characters, with secrets masked.</summary>
    public string? GatewayMessage { get; init; }

    /// <summary>
    /// What .NET reported about a failure below HTTP, such as why a certificate isn't trusted. Cleaned like <see cref="GatewayMessage"/>. This
    /// replaces an inner exception, whose message would contain raw text.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>The gateway's ID of the request, for support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the gateway asks to wait before the next request: 0 to 1 hour. Null if it doesn't say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True if the gateway doesn't offer the route at all: UNIMPLEMENTED, or "not found" for a call without a resource. An empty list isn't "not
    /// found", so it must be the route or the account that doesn't exist.
    /// </summary>
    public bool IsRouteMissing =>
        this is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.Unimplemented }
        || (HasNoResource && this is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.NotFound } or { InvalidResponseReason: InvalidResponseReason.StrayNotFound });

    private bool HasNoResource => Call == "VerifyApiKey" || Call?.StartsWith("List", StringComparison.Ordinal) == true;
}
