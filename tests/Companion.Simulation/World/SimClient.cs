using System.Text.Json;
using Companion.Protocol;
using Companion.Server.Logging;

namespace Companion.Simulation.World;

/// <summary>A client's notifications.</summary>
internal sealed class SimClient(SimWorld world, SimProcess process) : IClient
{
    /// <inheritdoc/>
    public void EnvironmentChanged(EnvironmentChangedParams changed)
    {
        world.Time.CheckThread();
        world.Notified(process, changed);
    }

    /// <inheritdoc/>
    public void LeaseEnding(LeaseEndingParams ending) => world.Time.CheckThread();

    /// <inheritdoc/>
    public void Progress(JsonElement token, ProgressValue value)
    {
        world.Time.CheckThread();
        world.Progressed(process, token.GetInt32(), (WorkDoneProgress)value); // no one here requests parts of a list
    }

    /// <inheritdoc/>
    public void LogMessage(LogMessageParams line) => world.Time.CheckThread();

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
