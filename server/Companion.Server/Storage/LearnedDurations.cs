using System.Globalization;

namespace Companion.Server.Storage;

/// <summary>How long connecting to each node pool takes: a moving average of the last few times.</summary>
internal sealed class LearnedDurations(IDurableStore store, string gateway)
{
    private const double NewestWeight = 0.4;
    private const double LongestSeconds = 86_400;

    private int _isOldTaken;

    /// <summary>How long it usually takes, or null if unknown.</summary>
    public TimeSpan? Usual(string accountId, string nodePoolId)
    {
        TakeOver();
        return Parse(store.Read(Name(accountId, nodePoolId))) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Adds a measurement.</summary>
    public void Learn(string accountId, string nodePoolId, TimeSpan took)
    {
        if (took.TotalSeconds is not (> 0 and <= LongestSeconds))
            return;
        _ = store.Change(Name(accountId, nodePoolId), before => Write(
            Parse(before) is { } usual ? usual + (NewestWeight * (took.TotalSeconds - usual)) : took.TotalSeconds));
    }

    // Version 0.1.0 stored all of them in one file, by account and node pool.
    private void TakeOver()
    {
        if (Interlocked.Exchange(ref _isOldTaken, 1) != 0)
            return;
        foreach (var (key, seconds) in store.TakeOver("durations.json").SelectMany(ParseOld))
        {
            if (key.Split('/') is [var accountId, var nodePoolId])
                _ = store.Change(Name(accountId, nodePoolId), before => before ?? Write(seconds));
        }
    }

    private static Dictionary<string, double> ParseOld(string text) => StorageJson.Parse(text, StorageJson.Default.DictionaryStringDouble) ?? [];

    private static string Write(double seconds) => seconds.ToString("R", CultureInfo.InvariantCulture);

    private static double? Parse(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= LongestSeconds
            ? seconds
            : null;

    private string Name(string accountId, string nodePoolId) => StoreNames.Duration(gateway, accountId, nodePoolId);
}
