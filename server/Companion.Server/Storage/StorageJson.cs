using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Server.Storage;

/// <summary>The format of stored data.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Intent))]
[JsonSerializable(typeof(OldIntent))]
[JsonSerializable(typeof(RateLimitRecord))]
[JsonSerializable(typeof(RecordVersion))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    /// <summary>True if stored data is from a version of its format after the current one.</summary>
    public static bool IsLater(string text, int currentVersion) => Parse(text, Default.RecordVersion)?.Version > currentVersion;

    /// <summary>Reads stored data.</summary>
    /// <returns>Null if it's damaged.</returns>
    public static T? Parse<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
