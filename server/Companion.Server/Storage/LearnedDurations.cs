using System.Text.Json;

namespace Companion.Server.Storage;

/// <summary>How long connecting to each node pool has taken: a moving average that follows the last few times.</summary>
/// <param name="store">Where it is kept.</param>
internal sealed class LearnedDurations(IDurableStore store)
{
    private const double Weight = 0.4; // of the newest
    private const int MostPools = 500;

    /// <summary>How long it usually takes, or null where that was never seen.</summary>
    /// <param name="accountId">Account of the node pool.</param>
    /// <param name="nodePoolId">Id of the node pool.</param>
    public TimeSpan? Usual(string accountId, string nodePoolId) =>
        Load().TryGetValue(Key(accountId, nodePoolId), out var seconds) && seconds is > 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>It took this long.</summary>
    /// <param name="accountId">Account of the node pool.</param>
    /// <param name="nodePoolId">Id of the node pool.</param>
    /// <param name="took">How long.</param>
    public void Learn(string accountId, string nodePoolId, TimeSpan took)
    {
        var known = Load();
        var key = Key(accountId, nodePoolId);
        if (known.Count >= MostPools && !known.ContainsKey(key))
            known.Clear();
        known[key] = known.TryGetValue(key, out var usual) ? usual + (Weight * (took.TotalSeconds - usual)) : took.TotalSeconds;
        store.Write(StoreNames.Durations, JsonSerializer.Serialize(known, StorageJson.Default.DictionaryStringDouble));
    }

    private static string Key(string accountId, string nodePoolId) => $"{accountId}/{nodePoolId}";

    private Dictionary<string, double> Load()
    {
        try
        {
            return store.Read(StoreNames.Durations) is { } text
                ? JsonSerializer.Deserialize(text, StorageJson.Default.DictionaryStringDouble) ?? []
                : [];
        }
        catch (JsonException)
        {
            return []; // of another version: learned anew
        }
    }
}
