using System.Collections.Concurrent;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>
/// Records in an environment's lock what was begun, until it has ended: a process that follows a dead one then knows what to ask
/// the gateway about. A record is never a reason to send anything.
/// </summary>
internal sealed class IntentJournal(IDurableStore store, string gateway, TimeProvider time)
{
    private readonly ConcurrentDictionary<EnvironmentKey, bool> _unsettled = new();

    /// <summary>Takes an environment's lock, among all processes of this machine that share the store.</summary>
    public LockAttempt TryLock(EnvironmentKey key) => store.TryLock(StoreNames.Lock(gateway, key));

    /// <summary>Records that a change begins.</summary>
    /// <returns>Null where it is recorded, otherwise the reason why not.</returns>
    public string? Begin(Change change, IStoreLock held)
    {
        _unsettled.TryRemove(change.Key, out _); // the record is this change from here on
        return held.Read() is { } left && Intent.IsLater(left)
            ? "A later version of Companion left a record that this version does not know."
            : held.Write(new Intent(
                Intent.CurrentVersion, gateway, change.Key.AccountId, change.Key.EnvironmentId, change.Verb, time.GetUtcNow()).Write());
    }

    /// <summary>The change is over.</summary>
    public void End(EnvironmentKey key, IStoreLock held)
    {
        _unsettled.TryRemove(key, out _);
        Clear(held);
    }

    /// <summary>It is not known what became of the change: the record stays until the gateway describes the environment.</summary>
    public void Leave(EnvironmentKey key) => _unsettled[key] = true;

    /// <summary>The gateway described the environment, which answers what became of an earlier change.</summary>
    public void Settle(EnvironmentKey key)
    {
        // Where another process holds the lock, the record is of its change.
        if (_unsettled.TryRemove(key, out _) && TryLock(key) is LockAttempt.Taken { Lock: var held })
        {
            using (held)
                Clear(held);
        }
    }

    /// <summary>What earlier processes began at this gateway and no running process is doing.</summary>
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
