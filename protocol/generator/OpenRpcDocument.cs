using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Protocol.Generator;

/// <summary>The whole contract as an OpenRPC 1.x document.</summary>
public static class OpenRpcDocument
{
    internal static readonly JsonSerializerOptions Format =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string Name, int Code, string Message)[] Errors =
    [
        ("ParseError", -32700, "The body isn't JSON. The id is null."),
        ("InvalidRequest", -32600, "The message isn't a request, or was sent after shutdown."),
        ("MethodNotFound", -32601, "The method doesn't exist."),
        ("InvalidParams", -32602, "A member is missing, unknown, or has an invalid value. The message names it and describes valid values. Nothing was sent."),
        ("InternalError", -32603, "A bug in the server. See its log for details."),
        ("ServerNotInitialized", -32002, "The request was sent before initialize."),
        ("RequestCancelled", -32800, "The client canceled the request. See data for the outcome."),
        ("ServerBusy", -32000, "Too many requests are running. Nothing was done."),
    ];

    /// <summary>The document as written to the file.</summary>
    public static string Text() => Build().ToJsonString(Format) + "\n";

    private static JsonObject Build()
    {
        var docs = XmlDocs.Of(typeof(ICompanionServer).Assembly);
        var schemas = new SchemaBuilder(docs);
        var methods = new JsonArray([.. ContractMethod.All.Select(m => (JsonNode?)Method(m, docs, schemas))]);
        var errorData = schemas.Reference(typeof(ErrorData));
        return new JsonObject
        {
            ["openrpc"] = "1.3.2",
            ["info"] = new JsonObject
            {
                ["title"] = "Companion",
                ["version"] = ProtocolVersion.Current,
                ["description"] = "JSON-RPC 2.0 over stdio with LSP's base protocol: connect a Fireworks environment to a node pool, and disconnect it.",
                ["license"] = new JsonObject { ["name"] = "MIT" },
            },
            ["methods"] = methods,
            ["components"] = new JsonObject
            {
                ["errors"] = new JsonObject(Errors.Select(e => KeyValuePair.Create(e.Name, (JsonNode?)Error(e.Code, e.Message)))),
                ["schemas"] = schemas.Schemas,
            },
            ["x-gateway-errors"] = new JsonObject
            {
                ["description"] = "Errors from the gateway have a google.rpc.Code, 1 to 16, as their code and this record as their data. Errors with code -32800 have this data, too.",
                ["data"] = errorData,
            },
        };
    }

    private static JsonObject Method(ContractMethod method, XmlDocs docs, SchemaBuilder schemas)
    {
        var described = new JsonObject
        {
            ["name"] = method.Name,
            ["description"] = docs.Of(method.Method),
            ["paramStructure"] = "by-name",
            ["params"] = new JsonArray([.. SchemaBuilder.Members(method.Params).Select(p => (JsonNode?)Param(p, schemas))]),
        };
        _ = schemas.Reference(method.Params);
        if (!method.IsNotification)
        {
            described["result"] = new JsonObject { ["name"] = "result", ["schema"] = Result(method, schemas) };
            described["errors"] = new JsonArray([.. Errors.Select(static e =>
                (JsonNode?)new JsonObject { ["$ref"] = $"#/components/errors/{e.Name}" })]);
        }

        described["x-direction"] = method.IsFromClient ? "clientToServer" : "serverToClient";
        described["x-params"] = method.Params.Name;
        return described;
    }

    private static JsonObject Param(JsonPropertyInfo property, SchemaBuilder schemas) => new()
    {
        ["name"] = property.Name,
        ["required"] = property.IsRequired,
        ["schema"] = schemas.Member(property),
    };

    private static JsonObject Result(ContractMethod method, SchemaBuilder schemas)
    {
        var nothing = new JsonObject { ["type"] = "null" };
        return method.Result is not { } result ? nothing
            : method.ResultMayBeNull ? new JsonObject { ["anyOf"] = new JsonArray(schemas.Reference(result), nothing) }
            : schemas.Reference(result);
    }

    private static JsonObject Error(int code, string message) => new() { ["code"] = code, ["message"] = message };
}
