using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>
/// Finds the invalid member of a params object by reading it again with its metadata. The serializer reports where it stopped, but its message
/// contains type names, so it isn't used.
/// </summary>
/// <param name="error">The serializer's exception, if any.</param>
/// <param name="what">What the object is called.</param>
internal sealed class ParamsDiagnosis(JsonException? error, string what)
{
    private const int MaxNameLength = 64;
    private const string NoNames = "none";

    private readonly string? _failedPath = error?.Path?.TrimStart('$', '.');

    /// <summary>Returns a sentence with the member's path and what it must be.</summary>
    public string Describe(ReadOnlySpan<byte> json, JsonTypeInfo type)
    {
        var reader = new Utf8JsonReader(json, Envelope.ReaderOptions);
        reader.Read();
        var fault = reader.TokenType == JsonTokenType.StartObject ? CheckObject(ref reader, type, "") : null;
        return fault ?? $"{what} must be {Expected(type)}";
    }

    /// <summary>Reads a value to its end. Returns null if the error isn't in it.</summary>
    private string? CheckValue(ref Utf8JsonReader reader, JsonTypeInfo type, JsonConverter? converter, string path)
    {
        if (converter is null && type.Kind == JsonTypeInfoKind.Object && reader.TokenType == JsonTokenType.StartObject)
            return CheckObject(ref reader, type, path);
        if (converter is null && type.Kind == JsonTypeInfoKind.Enumerable && reader.TokenType == JsonTokenType.StartArray)
            return CheckArray(ref reader, type, path);
        reader.Skip();
        if (path != _failedPath)
            return null;
        var hasOwnMessage = DescriptionOf(converter ?? type.Converter) is not null
            && !error!.Message.Contains(" | LineNumber: ", StringComparison.Ordinal); // the serializer appends this to its own messages
        return $"{path} must be {(hasOwnMessage ? error!.Message : Expected(type, converter))}";
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

    /// <summary>Checks for unknown, repeated, and missing members.</summary>
    private string? CheckNames(Utf8JsonReader reader, JsonTypeInfo type, string path, string prefix)
    {
        var here = path.Length == 0 ? what : path;
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

    // Text with an underscore and digits may be an API key, so it isn't repeated.
    private static bool MayBeSecret(string name) => name.Contains('_', StringComparison.Ordinal) && name.AsSpan().ContainsAnyInRange('0', '9');

    private static JsonPropertyInfo? Member(JsonTypeInfo type, string name) =>
        Members(type).FirstOrDefault(member => member.Name == name);

    private static string Names(JsonTypeInfo type) =>
        string.Join(", ", Members(type).Select(member => member.Name)) is { Length: > 0 } names ? names : NoNames;

    /// <summary>Returns a converter's description of valid values: its ToString, if overridden.</summary>
    private static string? DescriptionOf(JsonConverter converter) =>
        converter.ToString() is { } description && description != converter.GetType().ToString() ? description : null;

    /// <summary>Returns a phrase that follows "must be".</summary>
    private static string Expected(JsonTypeInfo type, JsonConverter? converter = null)
    {
        if (DescriptionOf(converter ?? type.Converter) is { } description)
            return description;
        if (type.Kind != JsonTypeInfoKind.None)
            return type.Kind switch
            {
                JsonTypeInfoKind.Object => Names(type) is var names and not NoNames ? $"an object with members {names}" : "an empty object",
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
