using Companion.Gateway;

namespace Companion.Server.Environments;

/// <summary>What a fault proves, and what may follow it.</summary>
internal static class RetryRules
{
    private static readonly TimeSpan LeastNamed = TimeSpan.FromSeconds(1);

    /// <summary>
    /// True where the change may have taken place all the same. Only a request that never left, or a refusal that names a reason
    /// in the request or in the state, proves that it did not.
    /// </summary>
    public static bool MayHaveTakenPlace(GatewayException fault) => fault.Kind switch
    {
        FaultKind.NotSent => false,
        FaultKind.Answered => fault.HttpStatus is not (>= 400 and < 500 or 501) || fault.Code is
            GoogleRpcCode.DeadlineExceeded or GoogleRpcCode.Aborted or GoogleRpcCode.AlreadyExists or GoogleRpcCode.Cancelled
            or GoogleRpcCode.Unknown or GoogleRpcCode.Internal or GoogleRpcCode.Unavailable or GoogleRpcCode.DataLoss,
        _ => true,
    };

    /// <summary>
    /// True where the vendor's guidance lets a change that did not take place be sent again: UNAVAILABLE, and RESOURCE_EXHAUSTED
    /// with a Retry-After.
    /// </summary>
    public static bool MayBeSentAgain(GatewayException fault) => fault.Kind switch
    {
        FaultKind.NotSent => IsPassing(fault),
        FaultKind.Answered => fault is { HttpStatus: 503, Code: GoogleRpcCode.Unavailable }
            or { HttpStatus: 429, Code: GoogleRpcCode.ResourceExhausted, RetryAfter: not null },
        _ => false,
    };

    /// <summary>
    /// True where the gateway itself reports that there is no such environment. <see cref="EnvironmentReader"/> passes that on only after a
    /// second look agrees. A list that is not found reports nothing about an environment.
    /// </summary>
    public static bool IsGone(GatewayException fault) => fault is { Kind: FaultKind.Answered, Code: GoogleRpcCode.NotFound, IsRouteMissing: false };

    /// <summary>How long to wait after a fault of a change before the gateway is asked.</summary>
    /// <param name="before">The number of such faults before this one.</param>
    /// <param name="undone">True if the change is proven not to have taken place.</param>
    public static TimeSpan Wait(GatewayException fault, int before, bool undone) =>
        Named(fault) ?? (undone ? PollDelays.Backoff(before) : TimeSpan.Zero);

    /// <summary>
    /// The time that the gateway names, but 1 s at least; null where it names none, or none that is left: then the pace is ours.
    /// </summary>
    public static TimeSpan? Named(GatewayException fault) => fault.RetryAfter is { } named && named > TimeSpan.Zero
        ? named > LeastNamed ? named : LeastNamed
        : null;

    /// <summary>True where the same question may be answered a little later without anybody putting anything right.</summary>
    public static bool IsPassing(GatewayException fault) => fault.Kind switch
    {
        FaultKind.Answered => fault.Code is GoogleRpcCode.Unavailable or GoogleRpcCode.ResourceExhausted or GoogleRpcCode.Internal
            or GoogleRpcCode.Unknown or GoogleRpcCode.DeadlineExceeded or GoogleRpcCode.Aborted or GoogleRpcCode.Cancelled,
        FaultKind.NotSent => fault.NotSentReason is NotSentReason.NameResolution or NotSentReason.ConnectionRefused
            or NotSentReason.ConnectTimeout or NotSentReason.Other,
        _ => true,
    };
}
