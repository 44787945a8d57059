using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>How request bodies are written: only members that were set.</summary>
[JsonSerializable(typeof(GatewayConnectEnvironmentBody))]
[JsonSerializable(typeof(GatewayDisconnectEnvironmentBody))]
internal sealed partial class GatewayBodyJson : JsonSerializerContext
{
    /// <summary>The one way in which bodies are written. A role's "+" stays a "+": a body is no HTML page.</summary>
    public static GatewayBodyJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
