namespace Companion.Gateway;

/// <summary>How far a failed call got. Callers need this to decide whether a change may have taken effect.</summary>
public enum FaultKind
{
    /// <summary>
    /// The response is an error. An HTTP status from 400 to 499 means that the gateway definitely rejected the request. With any other status (a
    /// proxy's 502, a 504 after success, an error with 200), a change may have taken effect anyway. See
    /// <see cref="GatewayException.HttpStatus"/>.
    /// </summary>
    ErrorResponse,

    /// <summary>
    /// The request certainly wasn't sent as a whole, so nothing can have changed. See <see cref="GatewayException.NotSentReason"/>.
    /// </summary>
    NotSent,

    /// <summary>There was no response in time. A change may have taken effect.</summary>
    Timeout,

    /// <summary>The connection was lost while sending the request or waiting for the response. A change may have taken effect.</summary>
    ConnectionLost,

    /// <summary>
    /// The response can't be used: it's truncated, too large, not JSON, a redirect, or invalid HTTP. A change may have taken effect.
    /// </summary>
    InvalidResponse,
}

/// <summary>Why a request wasn't sent.</summary>
public enum NotSentReason
{
    /// <summary>Any other reason.</summary>
    Other,

    /// <summary>There's no API key, or it contains invalid characters.</summary>
    NoApiKey,

    /// <summary>An ID isn't a single, plain URL segment.</summary>
    InvalidId,

    /// <summary>The host name couldn't be resolved.</summary>
    NameResolution,

    /// <summary>The host or the proxy refused the connection, or there's no route to it.</summary>
    ConnectionRefused,

    /// <summary>The connection wasn't established in time.</summary>
    ConnectTimeout,

    /// <summary>TLS failed, usually because this machine doesn't trust the certificate.</summary>
    Tls,

    /// <summary>The proxy refused the tunnel or the credentials.</summary>
    Proxy,
}

/// <summary>Why a response can't be used.</summary>
public enum InvalidResponseReason
{
    /// <summary>The content: too many values, or not the expected JSON.</summary>
    Content,

    /// <summary>It's a web page.</summary>
    WebPage,

    /// <summary>It's a redirect, which isn't followed.</summary>
    Redirect,

    /// <summary>It isn't valid HTTP.</summary>
    NotHttp,

    /// <summary>It's truncated.</summary>
    CutOff,

    /// <summary>It's "not found", but not in the gateway's format, so it proves nothing about the resource.</summary>
    StrayNotFound,
}
