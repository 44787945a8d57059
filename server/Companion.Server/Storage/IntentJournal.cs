using System.Collections.Concurrent;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>
/// Records in an environment's lock that a change was started, until it ends. If the process dies, the next one then knows which
/// environments to check. A record is never a reason to send anything.
/// </summary>
internal sealed class IntentJournal(IDurableStore store, string gateway, TimeProvider time)
{
    private readonly ConcurrentDictionary<EnvironmentKey, bool> _unsettled = new();

    /// <summary>Takes an environment's lock among all processes that share the store.</summary>
    public LockAttempt TryLock(EnvironmentKey key) => store.TryLock(StoreNames.Lock(gateway, key));

    /// <summary>Records that a change starts.</summary>
    /// <param name="before">The record of an earlier change that no one has settled, or null.</param>
    /// <returns>Null if it was recorded, otherwise the reason why not.</returns>
    public string? Begin(Change change, IStoreLock held, out string? before)
    {
        _unsettled.TryRemove(change.Key, out _); // from now on, the record is about this change
        var left = held.Read();
        before = left is not null && Intent.Parse(left) is not null ? left : null;
        return left is not null && Intent.IsLater(left)
            ? "A newer version of Companion left a record that this version can't read."
            : held.Write(new Intent(
                Intent.CurrentVersion, gateway, change.Key.AccountId, change.Key.EnvironmentId, change.Verb, time.GetUtcNow()).Write());
    }

    /// <summary>Removes the record of a change that's over.</summary>
    public void End(EnvironmentKey key, IStoreLock held)
    {
        _unsettled.TryRemove(key, out _);
        Clear(held);
    }

    /// <summary>Restores the record of an earlier change: nothing was sent since, so it's as unsettled as before.</summary>
    public void Restore(EnvironmentKey key, IStoreLock held, string before)
    {
        held.Write(before);
        Leave(key);
    }

    /// <summary>Keeps the record because the outcome is unknown, until the gateway describes the environment.</summary>
    public void Leave(EnvironmentKey key) => _unsettled[key] = true;

    /// <summary>Removes the record of an earlier change, because the gateway has described the environment.</summary>
    public void Settle(EnvironmentKey key)
    {
        // If another process holds the lock, the record is about its change.
        if (_unsettled.TryRemove(key, out _) && TryLock(key) is LockAttempt.Taken { Lock: var held })
        {
            using (held)
                Clear(held);
        }
    }

    /// <summary>The changes that earlier processes started at this gateway, and that no running process is working on.</summary>
    public IReadOnlyList<Intent> FindUnsettled()
    {
        foreach (var text in store.TakeOver("intent.*.json"))
        {
            if (Intent.ParseOld(text, gateway) is { } old && TryLock(old.Key) is LockAttempt.Taken { Lock: var held })
            {
                using (held)
                    held.Write(old.Write());
            }
        }

        var found = new List<Intent>();
        foreach (var name in store.FindRecords())
        {
            if (store.TryLock(name) is not LockAttempt.Taken { Lock: var held })
                continue;
            using (held)
            {
                if (held.Read() is not { } text || Intent.Parse(text) is not { } intent || intent.Gateway != gateway)
                    continue;
                Leave(intent.Key);
                found.Add(intent);
            }
        }

        return found;
    }

    private static void Clear(IStoreLock held)
    {
        if (held.Read() is { } text && !Intent.IsLater(text))
            held.Write(null);
    }
}
