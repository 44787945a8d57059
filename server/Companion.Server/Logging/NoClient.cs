using System.Text.Json;
using Companion.Protocol;

namespace Companion.Server.Logging;

/// <summary>Stands in for the client if nobody is connected.</summary>
internal sealed class NoClient : IClient
{
    /// <inheritdoc/>
    public void EnvironmentChanged(EnvironmentChangedParams changed)
    {
    }

    /// <inheritdoc/>
    public void LeaseEnding(LeaseEndingParams ending)
    {
    }

    /// <inheritdoc/>
    public void Progress(JsonElement token, ProgressValue value)
    {
    }

    /// <inheritdoc/>
    public void LogMessage(LogMessageParams line)
    {
    }

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
