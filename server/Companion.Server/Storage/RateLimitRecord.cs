namespace Companion.Server.Storage;

/// <summary>
/// How fast an account may ask. The times are those of the monotonic clock, which the processes of a machine share until it is
/// restarted: setting the wall clock changes nothing.
/// </summary>
/// <param name="CautiousUntil">When polling may exceed the limit again.</param>
/// <param name="Caution">How long polling stayed within the limit the last time.</param>
/// <param name="Sent">The requests of the last minute.</param>
internal sealed record RateLimitRecord(
    TimeSpan At, TimeSpan NotBefore, TimeSpan LimitedUntil, TimeSpan CautiousUntil, TimeSpan Caution, IReadOnlyList<RateLimitRecord.Request> Sent)
{
    /// <summary>A request that went out.</summary>
    internal sealed record Request(Guid By, TimeSpan At);
}
