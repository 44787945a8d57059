using System.Globalization;

namespace Companion.Simulation.Schedules;

/// <summary>A fault of a request.</summary>
internal enum FaultType
{
    /// <summary>None.</summary>
    None,

    /// <summary>The name doesn't resolve.</summary>
    DnsGone,

    /// <summary>The connection is refused.</summary>
    ConnectionRefused,

    /// <summary>No connection within the handler's limit.</summary>
    ConnectTimeout,

    /// <summary>The certificate isn't trusted.</summary>
    TlsFailure,

    /// <summary>The proxy refuses the tunnel.</summary>
    ProxyRefused,

    /// <summary>The connection is reset while the request is sent. It never arrives.</summary>
    ResetBeforeEffect,

    /// <summary>The request takes effect, then the connection is reset.</summary>
    ResetAfterEffect,

    /// <summary>The connection is reset, and the request still arrives after a delay.</summary>
    ResetAndDeliveredLate,

    /// <summary>The connection hangs. The request never arrives.</summary>
    Swallowed,

    /// <summary>The request arrives, but never gets a response.</summary>
    NeverAnswered,

    /// <summary>The connection hangs, and the request arrives after a delay.</summary>
    DeliveredLate,

    /// <summary>The response isn't HTTP. The request took effect.</summary>
    BrokenHttp,

    /// <summary>The actual response after a delay.</summary>
    SlowAnswer,

    /// <summary>An HTTP error before the effect.</summary>
    Status,

    /// <summary>An HTTP error although the request took effect.</summary>
    StatusAfterEffect,

    /// <summary>An HTTP error, and the request still arrives after a delay.</summary>
    StatusAndDeliveredLate,

    /// <summary>The gateway's own "not found" for an existing resource, without any effect.</summary>
    OwnNotFound,

    /// <summary>An environment from a replica that is behind by a delay.</summary>
    OldReplica,

    /// <summary>An environment with the full resource name of its node pool.</summary>
    EchoFullName,

    /// <summary>An environment with its ranks rounded up to whole nodes.</summary>
    EchoMoreRanks,

    /// <summary>An environment whose connection contains only a node pool.</summary>
    EchoLeftOut,

    /// <summary>An environment without its connection.</summary>
    EchoNoConnection,

    /// <summary>200 with another environment, or another account's, instead of the requested one. The request took effect.</summary>
    OtherResource,

    /// <summary>200 with JSON that isn't an environment. The request took effect.</summary>
    NoResource,

    /// <summary>200 with a login page instead of the gateway's response.</summary>
    CaptivePortal,

    /// <summary>A redirect to a login page instead of the gateway's response.</summary>
    Redirect,

    /// <summary>The actual status without a body.</summary>
    EmptyBody,

    /// <summary>The actual response, with a truncated body.</summary>
    CutBody,

    /// <summary>The actual status, and a body that claims to have a gigabyte.</summary>
    HugeBody,

    /// <summary>The actual status, and an endless body.</summary>
    EndlessBody,

    /// <summary>The actual status, and a body that never arrives.</summary>
    StalledBody,
}

/// <summary>How a response asks the client to wait.</summary>
internal enum RetryAfterForm
{
    /// <summary>It doesn't.</summary>
    None,

    /// <summary>Retry-After in seconds.</summary>
    Seconds,

    /// <summary>Retry-After as an HTTP date, with a Date header.</summary>
    Date,

    /// <summary>Retry-After as an HTTP date, without a Date header.</summary>
    DateAlone,

    /// <summary>retry-after-ms.</summary>
    Milliseconds,

    /// <summary>A negative number.</summary>
    Negative,

    /// <summary>A date in the past.</summary>
    Past,

    /// <summary>Three thousand years.</summary>
    Absurd,

    /// <summary>Neither a number nor a date.</summary>
    Nonsense,
}

/// <summary>The fault of one request.</summary>
/// <param name="HttpStatus">The HTTP status, if any.</param>
/// <param name="DelayMs">The delay of the request or the response, in milliseconds.</param>
/// <param name="RetryAfterMs">The requested wait, in milliseconds.</param>
internal sealed record Fault(
    FaultType Type, int HttpStatus = 0, int DelayMs = 0, RetryAfterForm RetryAfter = RetryAfterForm.None, int RetryAfterMs = 0)
{
    /// <summary>No fault.</summary>
    public static Fault None { get; } = new(FaultType.None);

    /// <summary>The name in the statistics.</summary>
    public string Name => field ??= (HttpStatus, RetryAfter) switch
    {
        (0, _) => Type.ToString(),
        (_, RetryAfterForm.None) => string.Create(CultureInfo.InvariantCulture, $"{Type} {HttpStatus}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Type} {HttpStatus}, Retry-After {RetryAfter}"),
    };

    /// <summary>The fault in a line of a schedule.</summary>
    public override string ToString()
    {
        var late = DelayMs > 0 ? string.Create(CultureInfo.InvariantCulture, $" after {DelayMs / 1000.0} s") : "";
        var wait = RetryAfterMs > 0 ? string.Create(CultureInfo.InvariantCulture, $" of {RetryAfterMs / 1000.0} s") : "";
        return Name + wait + late;
    }
}
