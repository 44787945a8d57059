using System.Text.Json;
using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Server.Logging;
using StreamJsonRpc;

namespace Companion.Server.Rpc;

/// <summary>The client at the other end of a connection.</summary>
internal sealed class RpcClient(Connection rpc) : IClient
{
    /// <inheritdoc/>
    public void EnvironmentChanged(EnvironmentChangedParams changed) => Notify(ClientMethods.EnvironmentChanged, changed);

    /// <inheritdoc/>
    public void LeaseEnding(LeaseEndingParams ending) => Notify(ClientMethods.LeaseEnding, ending);

    /// <inheritdoc/>
    public void Progress(JsonElement token, ProgressValue value) =>
        Notify(ClientMethods.Progress, new ProgressParams { Token = token, Value = value });

    /// <inheritdoc/>
    public void LogMessage(LogMessageParams line) => Notify(ClientMethods.LogMessage, line);

    /// <inheritdoc/>
    public Task FlushAsync(CancellationToken cancellationToken) => rpc.FlushAsync().WaitAsync(cancellationToken);

    // Not awaited: messages keep the order of the calls, and a client that is gone needs none.
    private void Notify(string method, object value) => _ = SendAsync(method, value);

    private async Task SendAsync(string method, object value)
    {
        try
        {
            await rpc.NotifyAsync(method, value).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ConnectionLostException or ObjectDisposedException)
        {
            // the client is gone
        }
    }
}
