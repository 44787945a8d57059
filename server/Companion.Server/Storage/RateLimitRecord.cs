namespace Companion.Server.Storage;

/// <summary>
/// How fast an account may send requests. Times are on the monotonic clock, which the processes on a machine share until it restarts, so
/// setting the wall clock has no effect.
/// </summary>
/// <param name="CautiousUntil">When polling may exceed the limit again.</param>
/// <param name="Caution">How long polling stayed within the limit the last time.</param>
/// <param name="Sent">The requests of the last minute.</param>
internal sealed record RateLimitRecord(
    TimeSpan At, TimeSpan NotBefore, TimeSpan LimitedUntil, TimeSpan CautiousUntil, TimeSpan Caution, IReadOnlyList<RateLimitRecord.Request> Sent)
{
    /// <summary>A request that was sent.</summary>
    internal sealed record Request(Guid By, TimeSpan At);
}
