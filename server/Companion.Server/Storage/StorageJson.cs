using System.Text.Json.Serialization;

namespace Companion.Server.Storage;

/// <summary>How what is kept is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Intent))]
[JsonSerializable(typeof(OldIntent))]
[JsonSerializable(typeof(PaceRecord))]
[JsonSerializable(typeof(RecordVersion))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class StorageJson : JsonSerializerContext;
