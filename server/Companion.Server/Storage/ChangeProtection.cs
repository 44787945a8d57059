using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>The lock of a change and the record that it was begun, as far as this machine allows them.</summary>
/// <param name="intents">The records.</param>
/// <param name="change">The change.</param>
/// <param name="held">The lock, or null where it cannot be taken.</param>
/// <param name="missing">Why the lock or the record is missing, or null where neither is.</param>
internal sealed class ChangeProtection(IntentJournal intents, Change change, IStoreLock? held, string? missing) : IDisposable
{
    /// <summary>Why the lock or the record is missing, or null where neither is.</summary>
    public string? Missing => missing;

    /// <summary>Frees the environment.</summary>
    /// <param name="isKnown">Whether it is known what became of the change. If not, the record stays.</param>
    public void End(bool isKnown)
    {
        if (isKnown && held is not null)
            intents.End(change.Key, held);
        else if (held is not null)
            intents.Leave(change.Key);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();
}
