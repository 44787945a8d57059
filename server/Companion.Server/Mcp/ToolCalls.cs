using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Protocol.Tools;
using Companion.Server.InProcess;
using ModelContextProtocol.Protocol;

namespace Companion.Server.Mcp;

/// <summary>Calls a tool by its name, and makes what it returns or throws the result for an agent.</summary>
/// <param name="log">Writes a line to the log.</param>
internal sealed class ToolCalls(ICompanionTools tools, ToolCatalog catalog, Action<string> log)
{
    /// <summary>Calls a tool.</summary>
    /// <param name="arguments">An object with the arguments, or null for none.</param>
    /// <returns>The result. An error and a cancellation are results, too.</returns>
    /// <exception cref="ModelContextProtocol.McpProtocolException">There is no such tool.</exception>
    public async Task<CallToolResult> CallAsync(
        string name, JsonNode? arguments, Action<WorkDoneProgress> onProgress, CancellationToken cancellationToken)
    {
        var isChange = catalog.IsChange(name);
        try
        {
            return await CallCoreAsync(name, arguments, onProgress, cancellationToken).ConfigureAwait(false);
        }
        catch (ToolArgumentException e)
        {
            return ToolFailures.OfArgument(e.Message, isChange);
        }
        catch (ServerException e)
        {
            return ToolFailures.Of(e, name, isChange);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ToolFailures.Canceled(name, isChange);
        }
        catch (Exception e)
        {
            log($"{name} failed unexpectedly\n{e}");
            return ToolFailures.Unexpected(name, isChange);
        }
    }

    private async Task<CallToolResult> CallCoreAsync(
        string name, JsonNode? arguments, Action<WorkDoneProgress> onProgress, CancellationToken cancellationToken)
    {
        switch (name)
        {
            case ToolNames.ListEnvironments:
                _ = Read(ToolJson.Default.NoArguments);
                return Result(
                    await tools.ListEnvironmentsAsync(new(), cancellationToken).ConfigureAwait(false), ClientJson.Default.ListEnvironmentsResult, ToolText.Of);
            case ToolNames.ListNodePools:
                _ = Read(ToolJson.Default.NoArguments);
                return Result(
                    await tools.ListNodePoolsAsync(new(), cancellationToken).ConfigureAwait(false), ClientJson.Default.ListNodePoolsResult, ToolText.Of);
            case ToolNames.GetEnvironment:
                return Environment(
                    await tools.GetEnvironmentAsync(Read(ToolJson.Default.EnvironmentArguments), cancellationToken).ConfigureAwait(false));
            case ToolNames.ConnectEnvironment:
                return Environment(
                    await tools.ConnectEnvironmentAsync(Read(ToolJson.Default.ConnectEnvironmentArguments), onProgress, cancellationToken).ConfigureAwait(false));
            case ToolNames.DisconnectEnvironment:
                return Environment(
                    await tools.DisconnectEnvironmentAsync(Read(ToolJson.Default.EnvironmentArguments), onProgress, cancellationToken).ConfigureAwait(false));
            case ToolNames.SetLease:
                return Environment(
                    await tools.SetLeaseAsync(Read(ToolJson.Default.SetLeaseArguments), cancellationToken).ConfigureAwait(false));
            case ToolNames.GetUsage:
                return Result(
                    await tools.GetUsageAsync(Read(ToolJson.Default.UsageArguments), cancellationToken).ConfigureAwait(false), ClientJson.Default.UsageInfo, ToolText.Of);
            case ToolNames.Diagnose:
                return Result(
                    await tools.DiagnoseAsync(Read(ToolJson.Default.DiagnoseArguments), cancellationToken).ConfigureAwait(false), ClientJson.Default.Diagnosis, ToolText.Of);
            default:
                throw new NotSupportedException($"{name} is in the list of tools, but not here.");
        }

        T Read<T>(JsonTypeInfo<T> type) => ParamsBinder.TryBind(Encoding.UTF8.GetBytes(arguments?.ToJsonString() ?? ""), type, out var value, out var fault, nameof(arguments))
            ? (T)value
            : throw new ToolArgumentException($"{fault}.");
    }

    private static CallToolResult Environment(EnvironmentInfo environment) => Result(environment, ClientJson.Default.EnvironmentInfo, ToolText.Of);

    private static CallToolResult Result<T>(T value, JsonTypeInfo<T> type, Func<T, string> text) => new()
    {
        StructuredContent = JsonSerializer.SerializeToElement(value, type),
        Content = [new TextContentBlock { Text = text(value) }],
    };
}
