using StreamJsonRpc;

namespace Companion.Protocol;

/// <summary>What the server tells a client without being asked.</summary>
public interface ICompanionClient
{
    /// <summary>Tells what the gateway said of an environment, or why it could not be asked.</summary>
    [JsonRpcMethod(ClientMethods.EnvironmentChanged)]
    void EnvironmentChanged(EnvironmentChangedParams request);

    /// <summary>
    /// Tells the stage of a change to the one who sent a <c>workDoneToken</c>, and a part of a list to the one who sent a
    /// <c>partialResultToken</c>.
    /// </summary>
    [JsonRpcMethod(ClientMethods.Progress)]
    void Progress(ProgressParams request);

    /// <summary>A line for the log.</summary>
    [JsonRpcMethod(ClientMethods.LogMessage)]
    void LogMessage(LogMessageParams request);
}

/// <summary>The names of what the server tells a client.</summary>
public static class ClientMethods
{
    /// <summary>The name of <see cref="ICompanionClient.EnvironmentChanged"/>.</summary>
    public const string EnvironmentChanged = "environmentChanged";

    /// <summary>The name of <see cref="ICompanionClient.Progress"/>.</summary>
    public const string Progress = "$/progress";

    /// <summary>The name of <see cref="ICompanionClient.LogMessage"/>.</summary>
    public const string LogMessage = "window/logMessage";
}
