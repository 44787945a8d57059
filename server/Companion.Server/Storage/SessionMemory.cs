using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>The stored data, by purpose.</summary>
internal sealed class SessionMemory(IDurableStore store, string gateway, TimeProvider time)
{
    /// <summary>The changes that were started and haven't ended.</summary>
    public IntentJournal Intents { get; } = new(store, gateway, time);

    /// <summary>Where the data is.</summary>
    public IDurableStore Store => store;

    /// <summary>The gateway that the data is about.</summary>
    public string Gateway => gateway;

    public LearnedDurations Durations { get; } = new(store, gateway);

    /// <summary>Signals changes to other processes, and receives their signals.</summary>
    public CrossProcessSignal Signal { get; } = new(store);

    /// <summary>How fast the account in use may send requests, across all processes.</summary>
    /// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
    public SharedRateLimit RateLimitOf(Func<string?> accountId) => new(store, gateway, accountId);

    /// <summary>Protects a change from other processes and from being forgotten.</summary>
    /// <returns>Null if another process is changing the environment.</returns>
    public ChangeProtection? Protect(Change change) => Intents.TryLock(change.Key) switch
    {
        LockAttempt.Taken { Lock: var held } => Begin(change, held),
        LockAttempt.Unusable { Reason: var reason } => new ChangeProtection(Intents, change, held: null, reason, before: null),
        _ => null,
    };

    private ChangeProtection Begin(Change change, IStoreLock held)
    {
        try
        {
            var missing = Intents.Begin(change, held, out var before);
            return new ChangeProtection(Intents, change, held, missing, before);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
