using System.Globalization;

namespace Companion.Simulation.Schedules;

/// <summary>What can befall one request.</summary>
internal enum FaultType
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The name does not resolve.</summary>
    DnsGone,

    /// <summary>Nobody listens.</summary>
    ConnectionRefused,

    /// <summary>No connection within the handler's limit.</summary>
    ConnectTimeout,

    /// <summary>The certificate is not trusted.</summary>
    TlsFailure,

    /// <summary>The proxy refuses the tunnel.</summary>
    ProxyRefused,

    /// <summary>The connection is reset while the request is sent; it never arrives.</summary>
    ResetBeforeEffect,

    /// <summary>What was asked for happens; then the connection is reset.</summary>
    ResetAfterEffect,

    /// <summary>The connection is reset, and the request arrives all the same after a delay.</summary>
    ResetAndDeliveredLate,

    /// <summary>The connection hangs; the request never arrives.</summary>
    Swallowed,

    /// <summary>The request arrives, and is never answered.</summary>
    NeverAnswered,

    /// <summary>The connection hangs, and the request arrives after a delay.</summary>
    DeliveredLate,

    /// <summary>The answer is not HTTP; what was asked for happened.</summary>
    BrokenHttp,

    /// <summary>The true answer after a delay.</summary>
    SlowAnswer,

    /// <summary>An HTTP error before the effect.</summary>
    Status,

    /// <summary>An HTTP error although what was asked for happened.</summary>
    StatusAfterEffect,

    /// <summary>An HTTP error, and the request arrives all the same after a delay.</summary>
    StatusAndDeliveredLate,

    /// <summary>The gateway's own "not found" for what is there; nothing happened.</summary>
    OwnNotFound,

    /// <summary>An environment as a replica has it that is behind by a delay.</summary>
    OldReplica,

    /// <summary>An environment with the full resource name of its node pool.</summary>
    EchoFullName,

    /// <summary>An environment with its ranks rounded up to whole nodes.</summary>
    EchoMoreRanks,

    /// <summary>An environment whose connection has a node pool and nothing else.</summary>
    EchoLeftOut,

    /// <summary>An environment without its connection.</summary>
    EchoNoConnection,

    /// <summary>200 with another environment, or another account's, in place of the one that was asked for; what was asked for happened.</summary>
    OtherResource,

    /// <summary>200 with JSON that is no environment; what was asked for happened.</summary>
    NoResource,

    /// <summary>200 with a login page in place of the gateway.</summary>
    CaptivePortal,

    /// <summary>A redirect to a login page in place of the gateway.</summary>
    Redirect,

    /// <summary>The true status with no body.</summary>
    EmptyBody,

    /// <summary>The true answer, cut in the middle of its body.</summary>
    CutBody,

    /// <summary>The true status, and a body that says it has a gigabyte.</summary>
    HugeBody,

    /// <summary>The true status, and a body without end.</summary>
    EndlessBody,

    /// <summary>The true status, and a body that never comes.</summary>
    StalledBody,
}

/// <summary>How an answer says that one should wait.</summary>
internal enum RetryAfterForm
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Retry-After in seconds.</summary>
    Seconds,

    /// <summary>Retry-After as an HTTP date, beside a Date header.</summary>
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

    /// <summary>No number and no date.</summary>
    Nonsense,
}

/// <summary>What befalls one request.</summary>
/// <param name="Type">What.</param>
/// <param name="HttpStatus">The HTTP status, where there is one.</param>
/// <param name="DelayMs">How late the request or the answer is, in milliseconds, where it is late.</param>
/// <param name="RetryAfter">How the answer says that one should wait.</param>
/// <param name="RetryAfterMs">How long it says one should wait, in milliseconds.</param>
internal sealed record Fault(
    FaultType Type, int HttpStatus = 0, int DelayMs = 0, RetryAfterForm RetryAfter = RetryAfterForm.None, int RetryAfterMs = 0)
{
    /// <summary>Nothing befalls it.</summary>
    public static Fault None { get; } = new(FaultType.None);

    /// <summary>Its name in the statistics.</summary>
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
