using System.Net.Sockets;

namespace Companion.Gateway;

/// <summary>
/// Every failure of a call to the gateway, and nothing else. (A call whose own token was cancelled throws
/// <see cref="OperationCanceledException"/>.) No part of it holds the API key.
/// </summary>
public sealed class GatewayException : Exception
{
    /// <summary>A failure of a call.</summary>
    /// <param name="message">One sentence for the user, without secrets.</param>
    public GatewayException(GoogleRpcCode code, FaultKind kind, string message)
        : base(message)
    {
        Code = code;
        Kind = kind;
    }

    /// <summary>What it is, in google.rpc's vocabulary. Never <see cref="GoogleRpcCode.Ok"/>.</summary>
    public GoogleRpcCode Code { get; }

    /// <summary>How far the call got.</summary>
    public FaultKind Kind { get; }

    /// <summary>Why the request never left; null unless <see cref="Kind"/> is <see cref="FaultKind.NotSent"/>.</summary>
    public NotSentReason? NotSentReason { get; init; }

    /// <summary>What is wrong with the answer. Only where <see cref="Kind"/> is <see cref="FaultKind.InvalidResponse"/>.</summary>
    public InvalidResponseReason InvalidResponseReason { get; init; }

    /// <summary>The HTTP status by which the proxy refused; null where it did not, or gave none.</summary>
    public int? ProxyStatus { get; init; }

    /// <summary>How the connection failed; null where that is not known.</summary>
    public SocketError? SocketError { get; init; }

    /// <summary>True where a page for people came in place of the gateway's answer: a portal's, a proxy's or another site's.</summary>
    public bool IsWebPage { get; init; }

    /// <summary>The host that a redirect leads to, where it names one: cleaned as <see cref="GatewayMessage"/> is.</summary>
    public string? RedirectHost { get; init; }

    /// <summary>The gateway's name of the call, such as ConnectEnvironment.</summary>
    public string? Call { get; init; }

    /// <summary>HTTP status of the answer, where there was one.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's own words: one line without control characters, at most 1,000 characters, secrets masked.</summary>
    public string? GatewayMessage { get; init; }

    /// <summary>
    /// What the platform said of a failure below HTTP, such as why a certificate is not trusted: cleaned as
    /// <see cref="GatewayMessage"/> is. It stands here in place of an inner exception, whose text nobody has cleaned.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>The gateway's id of the request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the gateway asks to wait before the next request: 0 to 1 hour. Null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// True where the gateway does not offer the route at all: UNIMPLEMENTED, or "not found" from a call that asks for no resource (a list
    /// of nothing is empty, not missing, so it is the route or the account that is not there).
    /// </summary>
    public bool IsRouteMissing =>
        this is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.Unimplemented }
        || (AsksForNoResource && this is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.NotFound } or { InvalidResponseReason: InvalidResponseReason.StrayNotFound });

    private bool AsksForNoResource => Call == "VerifyApiKey" || Call?.StartsWith("List", StringComparison.Ordinal) == true;
}
