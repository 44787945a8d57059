using System.Collections.Concurrent;
using System.Text.Json;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>A change that was begun.</summary>
/// <param name="AccountId">Account of the environment.</param>
/// <param name="EnvironmentId">Id of the environment.</param>
/// <param name="Verb">connect or disconnect.</param>
/// <param name="Since">When, by the wall clock.</param>
internal sealed record Intent(string AccountId, string EnvironmentId, string Verb, DateTimeOffset Since);

/// <summary>
/// Remembers what was begun until it has ended, so that a process that follows a dead one knows what to ask the gateway about. It
/// is never a reason to send anything.
/// </summary>
/// <param name="store">Where.</param>
/// <param name="time">The clock.</param>
internal sealed class IntentJournal(IDurableStore store, TimeProvider time)
{
    private readonly ConcurrentDictionary<EnvironmentKey, string?> _unsettled = new();

    /// <summary>A change begins.</summary>
    public void Begin(Change change)
    {
        _unsettled.TryRemove(change.Key, out _); // what is kept from here on is this change, which no look settles
        store.Write(
            StoreNames.Intent(change.Key),
            JsonSerializer.Serialize(
                new Intent(change.Key.AccountId, change.Key.EnvironmentId, change.Verb, time.GetUtcNow()), StorageJson.Default.Intent));
    }

    /// <summary>It is over.</summary>
    public void End(EnvironmentKey key)
    {
        _unsettled.TryRemove(key, out _);
        store.Delete(StoreNames.Intent(key));
    }

    /// <summary>Nobody knows what became of it: it is remembered until the gateway says how the environment is.</summary>
    public void Leave(EnvironmentKey key) => _unsettled[key] = store.Read(StoreNames.Intent(key));

    /// <summary>The gateway has said how the environment is: what an earlier process began is no riddle any more.</summary>
    public void Settle(EnvironmentKey key)
    {
        // Unless another process has begun a change meanwhile: that one is not ours to forget.
        if (_unsettled.TryRemove(key, out var kept) && store.Read(StoreNames.Intent(key)) == kept)
            store.Delete(StoreNames.Intent(key));
    }

    /// <summary>What earlier processes began and no living one is at.</summary>
    public IReadOnlyList<Intent> FindUnsettled()
    {
        var found = new List<Intent>();
        foreach (var name in store.Names(StoreNames.IntentPrefix))
        {
            if (store.Read(name) is not { } text || Parse(text) is not { } intent)
                continue;
            var key = new EnvironmentKey(intent.AccountId, intent.EnvironmentId);
            using var free = store.TryLock(StoreNames.Lock(key));
            if (free is null)
                continue;
            Leave(key);
            found.Add(intent);
        }

        return found;
    }

    private static Intent? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, StorageJson.Default.Intent);
        }
        catch (JsonException)
        {
            return null; // of another version
        }
    }
}
