namespace Companion.Gateway;

/// <summary>How far a failed call got: what a caller needs to know before it decides whether a change may have taken place.</summary>
public enum FaultKind
{
    /// <summary>
    /// An error was answered. With an HTTP status from 400 to 499 it is the gateway's definite refusal; with any other one (a proxy's 502,
    /// a 504 after success, an error on 200) a change may have taken place all the same: see <see cref="GatewayException.HttpStatus"/>.
    /// </summary>
    ErrorResponse,

    /// <summary>The request certainly never left whole: nothing can have changed. See <see cref="GatewayException.NotSentReason"/>.</summary>
    NotSent,

    /// <summary>No answer in time. A change may have taken place.</summary>
    Timeout,

    /// <summary>The connection was lost while sending or while waiting for the answer. A change may have taken place.</summary>
    ConnectionLost,

    /// <summary>
    /// An answer came that cannot be used: cut, too large, not JSON, a redirect, or broken HTTP. A change may have taken place.
    /// </summary>
    InvalidResponse,
}

/// <summary>Why a request never left.</summary>
public enum NotSentReason
{
    /// <summary>A reason without a name of its own.</summary>
    Other,

    /// <summary>There is no API key, or it has characters that no key has.</summary>
    NoApiKey,

    /// <summary>An id is not one plain segment of a URL.</summary>
    InvalidId,

    /// <summary>The host's name did not resolve.</summary>
    NameResolution,

    /// <summary>The host, or the proxy, refused the connection or could not be routed to.</summary>
    ConnectionRefused,

    /// <summary>The connection was not established in time.</summary>
    ConnectTimeout,

    /// <summary>TLS failed: most often a certificate that this machine does not trust.</summary>
    Tls,

    /// <summary>The proxy refused the tunnel or the credentials.</summary>
    Proxy,
}

/// <summary>What is wrong with an answer that cannot be used.</summary>
public enum InvalidResponseReason
{
    /// <summary>What is in it: too much, or not the JSON that was asked for.</summary>
    Content,

    /// <summary>It is a page for people.</summary>
    WebPage,

    /// <summary>It leads elsewhere, which is not followed.</summary>
    Redirect,

    /// <summary>It is not valid HTTP.</summary>
    NotHttp,

    /// <summary>It was cut off.</summary>
    CutOff,

    /// <summary>It says "not found", but not in the gateway's format, so that it proves nothing about the resource.</summary>
    StrayNotFound,
}
