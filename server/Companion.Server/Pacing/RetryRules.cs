using Companion.Gateway;

namespace Companion.Server.Pacing;

/// <summary>What a fault proves, and what may be retried.</summary>
internal static class RetryRules
{
    private static readonly TimeSpan LeastNamed = TimeSpan.FromSeconds(1);

    /// <summary>
    /// True if the change may have taken effect anyway. Only a request that was never sent, or a rejection because of the request or the
    /// state, proves that it didn't.
    /// </summary>
    public static bool MayHaveTakenPlace(GatewayException fault) => fault.Kind switch
    {
        FaultKind.NotSent => false,
        FaultKind.ErrorResponse => fault.HttpStatus is not (>= 400 and < 500 or 501) || fault.Code is
            GoogleRpcCode.DeadlineExceeded or GoogleRpcCode.Aborted or GoogleRpcCode.AlreadyExists or GoogleRpcCode.Cancelled
            or GoogleRpcCode.Unknown or GoogleRpcCode.Internal or GoogleRpcCode.Unavailable or GoogleRpcCode.DataLoss,
        _ => true,
    };

    /// <summary>
    /// True if the vendor's guidance allows sending a change again that didn't take effect: UNAVAILABLE, and RESOURCE_EXHAUSTED with a
    /// Retry-After.
    /// </summary>
    public static bool MayBeSentAgain(GatewayException fault) => fault.Kind switch
    {
        FaultKind.NotSent => IsTemporary(fault),
        FaultKind.ErrorResponse => fault is { HttpStatus: 503, Code: GoogleRpcCode.Unavailable }
            or { HttpStatus: 429, Code: GoogleRpcCode.ResourceExhausted, RetryAfter: not null },
        _ => false,
    };

    /// <summary>
    /// True if the gateway itself reports that the environment or node pool doesn't exist. <c>EnvironmentReader</c> passes this on only
    /// after a second read confirms it. A list that isn't found says nothing about an environment.
    /// </summary>
    public static bool IsGone(GatewayException fault) => fault is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.NotFound, IsRouteMissing: false };

    /// <summary>How long to wait after a fault of a change before reading the state.</summary>
    /// <param name="before">The number of such faults before this one.</param>
    /// <param name="undone">True if the change is proven not to have taken place.</param>
    public static TimeSpan Wait(GatewayException fault, int before, bool undone) =>
        Named(fault) ?? (undone ? PollDelays.Backoff(before) : TimeSpan.Zero);

    /// <summary>The time that the gateway specifies, at least 1 s. Null if it specifies none, or one that has passed.</summary>
    public static TimeSpan? Named(GatewayException fault) => fault.RetryAfter is { } named && named > TimeSpan.Zero
        ? named > LeastNamed ? named : LeastNamed
        : null;

    /// <summary>True if the same read may succeed later without anyone fixing anything.</summary>
    public static bool IsTemporary(GatewayException fault) => fault.Kind switch
    {
        FaultKind.ErrorResponse => fault.Code is GoogleRpcCode.Unavailable or GoogleRpcCode.ResourceExhausted or GoogleRpcCode.Internal
            or GoogleRpcCode.Unknown or GoogleRpcCode.DeadlineExceeded or GoogleRpcCode.Aborted or GoogleRpcCode.Cancelled,
        FaultKind.NotSent => fault.NotSentReason is NotSentReason.NameResolution or NotSentReason.ConnectionRefused
            or NotSentReason.ConnectTimeout or NotSentReason.Other,
        _ => true,
    };
}
