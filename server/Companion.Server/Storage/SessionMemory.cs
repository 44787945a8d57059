using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>What outlives the process, by its use.</summary>
internal sealed class SessionMemory(IDurableStore store, string gateway, TimeProvider time)
{
    /// <summary>What was begun and has not ended.</summary>
    public IntentJournal Intents { get; } = new(store, gateway, time);

    /// <summary>How long connecting usually takes.</summary>
    public LearnedDurations Durations { get; } = new(store, gateway);

    /// <summary>Tells the other processes of a change, and is told.</summary>
    public CrossProcessSignal Bell { get; } = new(store);

    /// <summary>How fast the account in use may ask, whichever process asks.</summary>
    /// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
    public SharedRateLimit RateLimitOf(Func<string?> accountId) => new(store, gateway, accountId);

    /// <summary>Protects a change from other processes and from being forgotten.</summary>
    /// <returns>Null where another process is changing the environment.</returns>
    public ChangeProtection? Protect(Change change) => Intents.TryLock(change.Key) switch
    {
        LockAttempt.Taken { Lock: var held } => Begin(change, held),
        LockAttempt.Unusable { Reason: var reason } => new ChangeProtection(Intents, change, held: null, reason),
        _ => null,
    };

    private ChangeProtection Begin(Change change, IStoreLock held)
    {
        try
        {
            return new ChangeProtection(Intents, change, held, Intents.Begin(change, held));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }
}
