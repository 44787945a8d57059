namespace Companion.Server.Storage;

/// <summary>
/// How fast an account may ask. The times are those of the monotonic clock, which the processes of a machine share until it is
/// restarted: setting the wall clock changes nothing.
/// </summary>
/// <param name="At">When this was written.</param>
/// <param name="NotBefore">When the next request may go out.</param>
/// <param name="LimitedUntil">Until when the limit applies.</param>
/// <param name="CautiousUntil">Until when polling keeps within the limit.</param>
/// <param name="Caution">How long polling kept within it when the limit was shown last.</param>
/// <param name="Sent">The requests of the last minute.</param>
internal sealed record PaceRecord(
    TimeSpan At, TimeSpan NotBefore, TimeSpan LimitedUntil, TimeSpan CautiousUntil, TimeSpan Caution, IReadOnlyList<PaceRecord.Request> Sent)
{
    /// <summary>A request that went out.</summary>
    /// <param name="By">The process that sent it.</param>
    /// <param name="At">When.</param>
    internal sealed record Request(Guid By, TimeSpan At);
}
