using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>
/// The lock of a change and the record that it was started, if this machine supports them. Disposing this before <see cref="HandOver"/>
/// releases the environment: nothing was sent then.
/// </summary>
/// <param name="held">The lock, or null if it can't be taken.</param>
/// <param name="missing">Why the lock or the record is missing, or null if neither is.</param>
/// <param name="before">The record of an earlier change that no one has settled, or null.</param>
internal sealed class ChangeProtection(IntentJournal intents, Change change, IStoreLock? held, string? missing, string? before) : IDisposable
{
    private bool _isHandedOver;

    /// <summary>Why the lock or the record is missing, or null if neither is.</summary>
    public string? Missing => missing;

    /// <summary>Passes on the responsibility for releasing the environment.</summary>
    /// <returns>
    /// Releases the environment. Takes the result of the change: if its outcome is unknown, the record is kept so that the next process
    /// checks the environment.
    /// </returns>
    public Action<ChangeAnswer?> HandOver()
    {
        _isHandedOver = true;
        return result => End(
            isSent: result is not (ChangeAnswer.Left { IsUnsent: true } or ChangeAnswer.Faulted { IsUnsent: true }),
            isKnown: result is not (ChangeAnswer.Left { Outcome: Outcomes.Unknown } or ChangeAnswer.Faulted { Outcome: Outcomes.Unknown }));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isHandedOver)
            End(isSent: false, isKnown: true);
    }

    private void End(bool isSent, bool isKnown)
    {
        if (held is null)
            return;
        using (held)
        {
            if (!isSent && before is not null)
                intents.Restore(change.Key, held, before);
            else if (isKnown)
                intents.End(change.Key, held);
            else
                intents.Leave(change.Key);
        }
    }
}
