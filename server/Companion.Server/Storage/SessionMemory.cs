namespace Companion.Server.Storage;

/// <summary>What outlives the process, by its use.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class SessionMemory(IDurableStore store, TimeProvider time)
{
    /// <summary>What was begun and has not ended.</summary>
    public IntentJournal Intents { get; } = new(store, time);

    /// <summary>How long things usually take.</summary>
    public LearnedDurations Durations { get; } = new(store);

    /// <summary>Tells the other processes of a change, and is told.</summary>
    public NewsBell Bell { get; } = new(store);

    /// <summary>Takes an environment for a change, among all processes of this machine that keep their memory in one place.</summary>
    /// <param name="key">Which.</param>
    /// <returns>The lock, or null where another process has it.</returns>
    public IDisposable? TryLock(Changes.EnvironmentKey key) => store.TryLock(StoreNames.Lock(key));
}
