using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>Writes the set members of request bodies.</summary>
[JsonSerializable(typeof(GatewayConnectEnvironmentBody))]
[JsonSerializable(typeof(GatewayDisconnectEnvironmentBody))]
internal sealed partial class GatewayRequestJson : JsonSerializerContext
{
    /// <summary>The options for all bodies. The "+" in a role isn't escaped, because the body isn't HTML.</summary>
    public static GatewayRequestJson Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
