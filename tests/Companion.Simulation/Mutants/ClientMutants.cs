using System.Text.Json;
using Companion.Protocol;
using Companion.Server.Logging;

namespace Companion.Simulation.Mutants;

/// <summary>A client with wrong notifications. Everything else is passed through.</summary>
internal abstract class ClientDecorator(IClient inner) : IClient
{
    public virtual void EnvironmentChanged(EnvironmentChangedParams changed) => inner.EnvironmentChanged(changed);

    public void LeaseEnding(LeaseEndingParams ending) => inner.LeaseEnding(ending);

    public void Progress(JsonElement token, ProgressValue value) => inner.Progress(token, value);

    public void LogMessage(LogMessageParams line) => inner.LogMessage(line);

    public Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);
}

/// <summary>Suppresses notifications.</summary>
internal sealed class TellsNobody(IClient inner) : ClientDecorator(inner)
{
    private int _reported;

    public override void EnvironmentChanged(EnvironmentChangedParams changed)
    {
        if (_reported++ < 1)
            base.EnvironmentChanged(changed);
    }
}

/// <summary>Treats the first observation of a state as its start.</summary>
internal sealed class GuessesSince(IClient inner) : ClientDecorator(inner)
{
    public override void EnvironmentChanged(EnvironmentChangedParams changed) => base.EnvironmentChanged(
        changed.Environment is { } e ? changed with { Environment = e with { StateSince = e.StateSince ?? e.ObservedAt } } : changed);
}
