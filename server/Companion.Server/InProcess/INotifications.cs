using System.Text.Json;
using Companion.Protocol;
using StreamJsonRpc;

namespace Companion.Server.InProcess;

/// <summary>The notifications of the server, with progress whose type only the token tells.</summary>
internal interface INotifications
{
    [JsonRpcMethod(ClientMethods.EnvironmentChanged)]
    void EnvironmentChanged(EnvironmentChangedParams request);

    [JsonRpcMethod(ClientMethods.LeaseEnding)]
    void LeaseEnding(LeaseEndingParams request);

    [JsonRpcMethod(ClientMethods.Progress)]
    void Progress(IncomingProgress request);

    [JsonRpcMethod(ClientMethods.LogMessage)]
    void LogMessage(LogMessageParams request);
}

/// <summary>Params of <c>$/progress</c>.</summary>
internal sealed record IncomingProgress(JsonElement Token, JsonElement Value);
