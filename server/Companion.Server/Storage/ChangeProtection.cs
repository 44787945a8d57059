using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>
/// The lock of a change and the record that it was started, if this machine supports them. Disposing this before <see cref="HandOver"/>
/// releases the environment: nothing was sent then.
/// </summary>
/// <param name="held">The lock, or null if it can't be taken.</param>
/// <param name="missing">Why the lock or the record is missing, or null if neither is.</param>
internal sealed class ChangeProtection(IntentJournal intents, Change change, IStoreLock? held, string? missing) : IDisposable
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
            isKnown: result is not (ChangeAnswer.Left { Outcome: Outcomes.Unknown } or ChangeAnswer.Faulted { Outcome: Outcomes.Unknown }));
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
