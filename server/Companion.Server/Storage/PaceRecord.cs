namespace Companion.Server.Storage;

/// <summary>How fast an account may ask, by the clock of this machine.</summary>
/// <param name="NotBefore">When the next request may go out; null for now.</param>
/// <param name="LimitedUntil">Until when the limit applies; null where it doesn't.</param>
/// <param name="CautiousUntil">Until when polling keeps within the limit; null where it needn't.</param>
/// <param name="Caution">How long polling kept within it when the limit was shown last.</param>
/// <param name="Sent">The requests of the last minute.</param>
internal sealed record PaceRecord(
    DateTimeOffset? NotBefore, DateTimeOffset? LimitedUntil, DateTimeOffset? CautiousUntil, TimeSpan Caution, IReadOnlyList<PaceRecord.Request> Sent)
{
    /// <summary>A request that went out.</summary>
    /// <param name="By">The process that sent it.</param>
    /// <param name="At">When.</param>
    internal sealed record Request(Guid By, DateTimeOffset At);
}
