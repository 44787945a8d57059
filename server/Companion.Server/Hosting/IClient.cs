using System.Text.Json;
using Companion.Protocol;

namespace Companion.Server.Hosting;

/// <summary>What the server tells the client without being asked. Telling does not wait, and nothing fails.</summary>
internal interface IClient
{
    /// <summary>Tells what the gateway said of an environment.</summary>
    void EnvironmentChanged(EnvironmentChangedParams changed);

    /// <summary>Tells the stage of a change, or a part of a list.</summary>
    void Progress(JsonElement token, ProgressValue value);

    /// <summary>Writes a line to the client's log.</summary>
    void LogMessage(LogMessageParams line);

    /// <summary>Waits until the client has taken what it was told so far.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
