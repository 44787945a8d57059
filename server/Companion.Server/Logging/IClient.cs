using System.Text.Json;
using Companion.Protocol;

namespace Companion.Server.Logging;

/// <summary>Notifications to the client. Sending neither waits nor fails.</summary>
internal interface IClient
{
    /// <summary>Sends what the gateway reported about an environment.</summary>
    void EnvironmentChanged(EnvironmentChangedParams changed);

    /// <summary>Announces that an environment will be disconnected because its lease ends.</summary>
    void LeaseEnding(LeaseEndingParams ending);

    /// <summary>Sends the stage of a change or a part of a list.</summary>
    void Progress(JsonElement token, ProgressValue value);

    /// <summary>Sends a line to the client's log.</summary>
    void LogMessage(LogMessageParams line);

    /// <summary>Waits until the client has received everything sent so far.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
