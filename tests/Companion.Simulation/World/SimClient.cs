using System.Text.Json;
using Companion.Protocol;
using Companion.Server.Hosting;

namespace Companion.Simulation.World;

/// <summary>What a client hears without asking.</summary>
/// <param name="world">Where it is.</param>
/// <param name="process">The server that it hears.</param>
internal sealed class SimClient(SimWorld world, SimProcess process) : IClient
{
    /// <inheritdoc/>
    public void EnvironmentChanged(EnvironmentChangedParams changed)
    {
        world.Time.CheckThread();
        world.Told(process, changed);
    }

    /// <inheritdoc/>
    public void Progress(JsonElement token, ProgressValue value)
    {
        world.Time.CheckThread();
        world.Progressed(process, token.GetInt32(), (WorkDoneProgress)value); // nobody here asks for parts of a list
    }

    /// <inheritdoc/>
    public void LogMessage(LogMessageParams line) => world.Time.CheckThread();

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
