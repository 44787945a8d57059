using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Companion.Server.Mcp;

/// <summary>Handles <c>tools/call</c>, with its progress and its cancellation.</summary>
/// <param name="log">Writes a line to the log.</param>
/// <param name="ended">Canceled when the client has ended: no change is waited for any more.</param>
internal sealed class ToolHandler(ToolCalls calls, ToolCatalog catalog, TimeProvider time, Action<string> log, CancellationToken ended)
{
    private const string LogMessage = "notifications/message";

    /// <summary>Calls a tool.</summary>
    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken canceled)
    {
        var (name, server) = (request.Params!.Name, request.Server);
        var (token, isChange) = (request.Params.ProgressToken, catalog.IsChange(name));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(canceled, isChange ? ended : CancellationToken.None);
        CallToolResult result;
        var progress = new ToolProgress(value => token is { } t ? server.NotifyProgressAsync(t, value, cancellationToken: canceled) : Task.CompletedTask, time);
        await using (progress.ConfigureAwait(false))
            result = await calls.CallAsync(name, (request.JsonRpcRequest.Params as JsonObject)?["arguments"], progress.Report, either.Token).ConfigureAwait(false);
        if (canceled.IsCancellationRequested && isChange)
            await TellAsync(server, $"{name} was canceled. {((TextContentBlock)result.Content[0]).Text}").ConfigureAwait(false);
        return result;
    }

    /// <summary>Says what still happens after a cancellation, which has no response.</summary>
    private async Task TellAsync(McpServer server, string text)
    {
        log(text);
        var line = new JsonRpcNotification
        {
            Method = LogMessage,
            Params = new JsonObject { ["level"] = "warning", ["logger"] = "companion", ["data"] = text },
        };
        try
        {
            await server.SendMessageAsync(line, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // the client is gone
        }
    }
}
