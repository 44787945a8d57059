using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;

namespace Companion.Server.Storage;

/// <summary>
/// The lock of a change and the record that it was begun, as far as this machine allows them. Whoever disposes of it before it is handed
/// over frees the environment: nothing was sent then.
/// </summary>
/// <param name="held">The lock, or null if it can't be taken.</param>
/// <param name="missing">Why the lock or the record is missing, or null if neither is.</param>
internal sealed class ChangeProtection(IntentJournal intents, Change change, IStoreLock? held, string? missing) : IDisposable
{
    private bool _isHandedOver;

    /// <summary>Why the lock or the record is missing, or null where neither is.</summary>
    public string? Missing => missing;

    /// <summary>The environment is free from the moment that what is returned is called, and no earlier.</summary>
    /// <returns>
    /// Takes what the caller was told at the end. Where that leaves the outcome unknown, the record stays: the next process has to ask the
    /// gateway.
    /// </returns>
    public Action<ChangeAnswer?> HandOver()
    {
        _isHandedOver = true;
        return told => End(
            isKnown: told is not (ChangeAnswer.Left { Outcome: Outcomes.Unknown } or ChangeAnswer.Faulted { Outcome: Outcomes.Unknown }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isHandedOver)
            End(isKnown: true);
    }

    private void End(bool isKnown)
    {
        using (held)
        {
            if (isKnown && held is not null)
                intents.End(change.Key, held);
            else if (held is not null)
                intents.Leave(change.Key);
        }
    }
}
