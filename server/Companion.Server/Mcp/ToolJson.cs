using System.Text.Json.Serialization;
using Companion.Protocol.Tools;

namespace Companion.Server.Mcp;

/// <summary>How arguments are read, as strictly as a method's params, and errors are written. Results are written like the server's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(NoArguments))]
[JsonSerializable(typeof(EnvironmentArguments))]
[JsonSerializable(typeof(ConnectEnvironmentArguments))]
[JsonSerializable(typeof(SetLeaseArguments))]
[JsonSerializable(typeof(UsageArguments))]
[JsonSerializable(typeof(DiagnoseArguments))]
[JsonSerializable(typeof(ToolFailure), GenerationMode = JsonSourceGenerationMode.Serialization)]
internal sealed partial class ToolJson : JsonSerializerContext;
