using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Companion.Server.Mcp;

/// <summary>What the tools tell an agent about themselves, which is generated from the contract.</summary>
internal sealed class ToolCatalog
{
    private readonly Dictionary<string, Tool> _tools;
    private readonly ListToolsResult _list;

    public ToolCatalog()
    {
        using var json = typeof(ToolCatalog).Assembly.GetManifestResourceStream("tools.json")!;
        _list = JsonSerializer.Deserialize(json, McpJsonUtilities.DefaultOptions.GetTypeInfo<ListToolsResult>())!;
        _tools = _list.Tools.ToDictionary(static tool => tool.Name, StringComparer.Ordinal);
    }

    /// <summary>Lists all tools on the only page.</summary>
    /// <exception cref="McpProtocolException">Another page is asked for.</exception>
    public ListToolsResult List(string? cursor) => cursor is null
        ? _list
        : throw new McpProtocolException("There is no such cursor: all tools are on the first page. Leave out cursor.", McpErrorCode.InvalidParams);

    /// <summary>Whether a tool can change an environment.</summary>
    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public bool IsChange(string name) => _tools.TryGetValue(name, out var tool)
        ? tool.Annotations?.ReadOnlyHint != true
        : throw new McpProtocolException($"There is no such tool. The tools are {string.Join(", ", _tools.Keys)}.", McpErrorCode.InvalidParams);
}
