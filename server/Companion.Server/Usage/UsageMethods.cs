using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Errors;

namespace Companion.Server.Usage;

/// <summary>Reads and deletes the history for the client.</summary>
internal sealed class UsageMethods(UsageStore store, UsageRecorder recorder, ErrorMessages errors, TimeProvider time)
{
    private const int MostYears = 5;
    private static readonly TimeSpan DefaultRange = TimeSpan.FromDays(30);
    private static readonly string[] Dimensions =
        [UsageDimensions.Day, UsageDimensions.Environment, UsageDimensions.NodePool, UsageDimensions.Connection];

    /// <summary>Checks the parameters.</summary>
    /// <returns>The range, as far as it isn't in the future.</returns>
    /// <exception cref="MethodException">They're invalid.</exception>
    public (DateTimeOffset Since, DateTimeOffset Until) Check(GetUsageParams request)
    {
        var now = time.GetUtcNow();
        var until = request.Until < now ? request.Until.Value : now;
        var since = request.Since ?? now - DefaultRange;
        if (since >= until)
            throw Invalid("since must be in the past and before until.");
        if (since < now.AddYears(-MostYears))
            throw Invalid($"since must be at most {MostYears} years ago.");
        if (request.GroupBy?.All(Dimensions.Contains) == false)
            throw Invalid($"groupBy must contain only {string.Join(", ", Dimensions)}.");
        return (since, until);
    }

    /// <summary>What was observed in a range.</summary>
    public UsageInfo Get(string accountId, (DateTimeOffset Since, DateTimeOffset Until) range, IReadOnlyList<string>? groupBy)
    {
        var reason = store.IsKept ? recorder.Flush() : errors.Phrases.NoStorageFolder;
        var report = new UsageReport(range.Since, range.Until, new HashSet<string>(groupBy ?? [], StringComparer.Ordinal), time.LocalTimeZone);
        foreach (var row in store.ReadEnded(range.Since, time.GetUtcNow()).Where(IsOfAccount))
            report.AddEnded(row);
        foreach (var row in store.ReadOpen().Where(IsOfAccount))
            report.AddOpen(row);
        return new UsageInfo
        {
            AccountId = accountId,
            Since = range.Since,
            Until = range.Until,
            Groups = report.Groups(),
            NotRecorded = reason,
        };

        bool IsOfAccount(UsageRow row) => row.AccountId == accountId;
    }

    /// <summary>Deletes the history.</summary>
    /// <exception cref="MethodException">It can't be deleted.</exception>
    public void Clear()
    {
        recorder.Flush();
        var now = time.GetUtcNow();
        if (store.Clear(now.AddYears(-MostYears), now) is { } reason)
            throw ErrorMessages.Error(GoogleRpcCode.FailedPrecondition, errors.Phrases.HistoryNotDeleted(reason));
    }

    private static MethodException Invalid(string message) => new(MethodException.InvalidParams, message);
}
