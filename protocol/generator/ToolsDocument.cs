using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Protocol.Tools;

namespace Companion.Protocol.Generator;

/// <summary>The tools for agents, as the result of <c>tools/list</c> in the Model Context Protocol.</summary>
public static class ToolsDocument
{
    private const string Place = "#/$defs/";

    /// <summary>The document as written to the file.</summary>
    public static string Text() => Build().ToJsonString(OpenRpcDocument.Format) + "\n";

    private static JsonObject Build()
    {
        var docs = XmlDocs.Of(typeof(ICompanionTools).Assembly);
        return new JsonObject
        {
            ["tools"] = new JsonArray([.. typeof(ICompanionTools).GetMethods().Select(m => (JsonNode?)Tool(m, docs))]),
        };
    }

    private static JsonObject Tool(MethodInfo method, XmlDocs docs)
    {
        var tool = method.GetCustomAttribute<ToolAttribute>() ?? throw new InvalidOperationException($"{method.Name} has no name for the wire.");
        return new JsonObject
        {
            ["name"] = tool.Name,
            ["title"] = tool.Title,
            ["description"] = docs.Of(method),
            ["inputSchema"] = Input(method.GetParameters()[0].ParameterType, docs),
            ["outputSchema"] = Output(method.ReturnType.GenericTypeArguments[0]),
            ["annotations"] = new JsonObject
            {
                ["title"] = tool.Title,
                ["readOnlyHint"] = tool.IsReadOnly,
                ["destructiveHint"] = tool.IsDestructive,
                ["idempotentHint"] = tool.IsIdempotent,
                ["openWorldHint"] = tool.IsOpenWorld,
            },
        };
    }

    private static JsonObject Input(Type arguments, XmlDocs docs)
    {
        var schema = new SchemaBuilder(docs, Place).Record(arguments);
        schema.Remove("description"); // the tool's own says more
        if (arguments.GetCustomAttribute<ExactlyOneAttribute>() is not { } one)
            return schema;
        // Not oneOf, because APIs of language models refuse a schema that has it, or anyOf or allOf, at the top.
        var (first, second) = (JsonNamingPolicy.CamelCase.ConvertName(one.First), JsonNamingPolicy.CamelCase.ConvertName(one.Second));
        schema["if"] = Required(first);
        schema["then"] = new JsonObject { ["not"] = Required(second) };
        schema["else"] = Required(second);
        return schema;
    }

    // Without descriptions, which would be most of what an agent has to read about the tools. An error has structured content, too, which clients
    // check by the same schema.
    private static JsonObject Output(Type result)
    {
        var schemas = new SchemaBuilder(docs: null, Place);
        return new JsonObject
        {
            ["type"] = "object",
            ["anyOf"] = new JsonArray(schemas.Reference(result), schemas.Reference(typeof(ToolFailure))),
            ["$defs"] = schemas.Schemas,
        };
    }

    private static JsonObject Required(string member) => new() { ["required"] = new JsonArray(member) };
}
