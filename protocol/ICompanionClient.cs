using StreamJsonRpc;

namespace Companion.Protocol;

/// <summary>Notifications from the server to the client.</summary>
public interface ICompanionClient
{
    /// <summary>
    /// Reports the state of an environment, or why it couldn't be read: after each attempt to read it, whether for watching, for a change, or
    /// for a request.
    /// </summary>
    [JsonRpcMethod(ClientMethods.EnvironmentChanged)]
    void EnvironmentChanged(EnvironmentChangedParams request);

    /// <summary>
    /// Announces that an environment will be disconnected because its lease ends: 30, 10, and 2 minutes before, unless the lease was shorter.
    /// After an end that passed without being kept, 2 minutes before the disconnect that makes up for it. One server on this machine sends it,
    /// once. <c>setLease</c> moves or clears the end.
    /// </summary>
    [JsonRpcMethod(ClientMethods.LeaseEnding)]
    void LeaseEnding(LeaseEndingParams request);

    /// <summary>
    /// Reports the stage of a change that was requested with a <c>workDoneToken</c>, or a part of a list that was requested with a
    /// <c>partialResultToken</c>.
    /// </summary>
    [JsonRpcMethod(ClientMethods.Progress)]
    void Progress(ProgressParams request);

    /// <summary>A line for the log.</summary>
    [JsonRpcMethod(ClientMethods.LogMessage)]
    void LogMessage(LogMessageParams request);
}

/// <summary>The names of the notifications from the server.</summary>
public static class ClientMethods
{
    /// <summary>The name of <see cref="ICompanionClient.EnvironmentChanged"/>.</summary>
    public const string EnvironmentChanged = "environmentChanged";

    /// <summary>The name of <see cref="ICompanionClient.LeaseEnding"/>.</summary>
    public const string LeaseEnding = "leaseEnding";

    /// <summary>The name of <see cref="ICompanionClient.Progress"/>.</summary>
    public const string Progress = "$/progress";

    /// <summary>The name of <see cref="ICompanionClient.LogMessage"/>.</summary>
    public const string LogMessage = "window/logMessage";
}
