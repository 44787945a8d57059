using System.Text.Json;
using Companion.Protocol;

namespace Companion.Server.Hosting;

/// <summary>The client at the other end of a JSON-RPC connection.</summary>
/// <param name="rpc">The connection.</param>
internal sealed class RpcClient(JsonRpc.JsonRpc rpc) : IClient
{
    /// <inheritdoc/>
    public void EnvironmentChanged(EnvironmentChangedParams changed) => Notify(Methods.EnvironmentChanged, changed);

    /// <inheritdoc/>
    public void Progress(JsonElement token, ProgressValue value) =>
        Notify(Methods.Progress, new ProgressParams { Token = token, Value = value });

    /// <inheritdoc/>
    public void LogMessage(LogMessageParams line) => Notify(Methods.LogMessage, line);

    /// <inheritdoc/>
    public Task TakenAsync(CancellationToken cancellationToken) => rpc.FlushAsync().WaitAsync(cancellationToken);

    // Not awaited: the order is that of the calls, and a client that is gone needs no news.
    private void Notify<T>(NotificationType<T> type, T value) => _ = SendAsync(type, value);

    private async Task SendAsync<T>(NotificationType<T> type, T value)
    {
        try
        {
            await rpc.NotifyWithParameterObjectAsync(type.Name, value, type.Params()).ConfigureAwait(false);
        }
        catch (JsonRpc.ConnectionLostException)
        {
            // nobody is there to be told
        }
    }
}
