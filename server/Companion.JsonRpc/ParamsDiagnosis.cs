using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>
/// Finds the member of a params object that does not fit, by reading it again beside its metadata. The serialiser has said where
/// it stopped; its own description name types, so they stay here.
/// </summary>
/// <param name="error">The serializer's exception, if any.</param>
internal sealed class ParamsDiagnosis(JsonException? error)
{
    private const int MaxNameLength = 64;

    private readonly string? _failedPath = error?.Path?.TrimStart('$', '.');

    /// <summary>One sentence: the member by its path, and what it takes.</summary>
    public string Describe(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json, Envelope.ReaderOptions);
        reader.Read();
        var fault = reader.TokenType == JsonTokenType.StartObject ? CheckObject(ref reader, type, "") : null;
        return fault ?? $"params must be {Expected(type)}";
    }

    /// <summary>Reads one value to its end. Null when the fault is not in it.</summary>
    private string? CheckValue(ref Utf8JsonReader reader, JsonTypeInfo type, JsonConverter? converter, string path)
    {
        if (converter is null && type.Kind == JsonTypeInfoKind.Object && reader.TokenType == JsonTokenType.StartObject)
            return CheckObject(ref reader, type, path);
        if (converter is null && type.Kind == JsonTypeInfoKind.Enumerable && reader.TokenType == JsonTokenType.StartArray)
            return CheckArray(ref reader, type, path);
        reader.Skip();
        if (path != _failedPath)
            return null;
        var isOwnMessage = DescriptionOf(converter ?? type.Converter) is not null
            && !error!.Message.Contains(" | LineNumber: ", StringComparison.Ordinal); // which the serialiser appends to its own
        return $"{path} must be {(isOwnMessage ? error!.Message : Expected(type, converter))}";
    }

    private string? CheckObject(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        var prefix = path.Length == 0 ? "" : $"{path}.";
        if (CheckNames(reader, type, path, prefix) is { } wrongName)
            return wrongName;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var property = JsonText.TryRead(ref reader, out var name) ? Member(type, name) : null;
            reader.Read();
            if (property is null)
                reader.Skip();
            else if (CheckValue(ref reader, TypeOf(property), property.CustomConverter, prefix + name) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>Looks for a member that is unknown, given twice, or missing.</summary>
    private static string? CheckNames(Utf8JsonReader reader, JsonTypeInfo type, string path, string prefix)
    {
        var here = path.Length == 0 ? "params" : path;
        var unmapped = type.UnmappedMemberHandling ?? type.Options.UnmappedMemberHandling;
        var isStrict = unmapped == JsonUnmappedMemberHandling.Disallow;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (; reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
        {
            var isText = JsonText.TryRead(ref reader, out var name);
            var isKnown = isText && Member(type, name) is not null;
            if (isStrict && !isText)
                return $"{here} has a member whose name isn't valid Unicode";
            if (isStrict && !isKnown)
                return $"{here} has an unknown member \"{(name.Length <= MaxNameLength && !MayBeSecret(name) ? name : "…")}\"; allowed members: {Names(type)}";
            if (isKnown && !seen.Add(name))
                return $"{prefix}{name} is specified twice";
            reader.Read();
        }

        return Members(type).FirstOrDefault(member => member.IsRequired && !seen.Contains(member.Name)) is not { } missing ? null
            : $"{prefix}{missing.Name} is missing; it must be {Expected(TypeOf(missing), missing.CustomConverter)}";
    }

    private string? CheckArray(ref Utf8JsonReader reader, JsonTypeInfo type, string path)
    {
        var elementType = type.Options.GetTypeInfo(type.ElementType!);
        string? fault = null;
        for (var index = 0; fault is null && reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            fault = CheckValue(ref reader, elementType, null, string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"));
        return fault;
    }

    private static JsonTypeInfo TypeOf(JsonPropertyInfo property) => property.Options.GetTypeInfo(property.PropertyType);

    private static IEnumerable<JsonPropertyInfo> Members(JsonTypeInfo type) =>
        type.Properties.Where(property => property.Set is not null || property.AssociatedParameter is not null);

    // A member's name is a word; what has an underscore and digits, as keys have, is not repeated.
    private static bool MayBeSecret(string name) => name.Contains('_', StringComparison.Ordinal) && name.AsSpan().ContainsAnyInRange('0', '9');

    private static JsonPropertyInfo? Member(JsonTypeInfo type, string name) =>
        Members(type).FirstOrDefault(member => member.Name == name);

    private static string Names(JsonTypeInfo type) =>
        string.Join(", ", Members(type).Select(member => member.Name)) is { Length: > 0 } names ? names : "none";

    /// <summary>What a converter says that it takes: its ToString, where it overrides that.</summary>
    private static string? DescriptionOf(JsonConverter converter) =>
        converter.ToString() is { } description && description != converter.GetType().ToString() ? description : null;

    /// <summary>A phrase that follows "must be".</summary>
    private static string Expected(JsonTypeInfo type, JsonConverter? converter = null)
    {
        if (DescriptionOf(converter ?? type.Converter) is { } description)
            return description;
        if (type.Kind != JsonTypeInfoKind.None)
            return type.Kind switch
            {
                JsonTypeInfoKind.Object => $"an object with members {Names(type)}",
                JsonTypeInfoKind.Enumerable => "an array",
                _ => "an object",
            };
        return Type.GetTypeCode(Nullable.GetUnderlyingType(type.Type) ?? type.Type) switch
        {
            TypeCode.String => "a string of valid Unicode",
            TypeCode.Boolean => "true or false",
            TypeCode.Int32 => $"an integer from {int.MinValue} to {int.MaxValue}",
            TypeCode.Int64 => $"an integer from {long.MinValue} to {long.MaxValue}",
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number",
            _ => "a different kind of value",
        };
    }
}
