using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Gateway.Json;

/// <summary>
/// Reads a value of a response. Null and "" are the same as absent. A value of another type is converted if its meaning is obvious, and is
/// otherwise treated as absent, so that one odd member doesn't invalidate a whole list.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal abstract class LenientConverter<T> : JsonConverter<T?>
{
    /// <inheritdoc/>
    public sealed override bool HandleNull => true;

    /// <inheritdoc/>
    public sealed override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            reader.Skip();
            return default;
        }

        var text = LenientText.Utf8(ref reader);
        return text.IsEmpty ? default : Parse(text);
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Responses are only read.");

    /// <summary>Parses the text of a string, a number, or a Boolean.</summary>
    /// <param name="text">The text in UTF-8. Not empty.</param>
    protected abstract T? Parse(ReadOnlySpan<byte> text);
}

/// <summary>Reads a token's text, even if it's invalid.</summary>
internal static class LenientText
{
    /// <summary>Returns the text of a string or name. Null for a lone surrogate or invalid UTF-8.</summary>
    public static string? Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns the text of a scalar as UTF-8, usually without copying. Empty for null and for invalid text.</summary>
    public static ReadOnlySpan<byte> Utf8(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String when reader.ValueIsEscaped => Encoding.UTF8.GetBytes(Of(ref reader) ?? ""),
        JsonTokenType.String when !System.Text.Unicode.Utf8.IsValid(reader.ValueSpan) => default,
        _ => reader.ValueSpan,
    };
}

internal sealed class LenientStringConverter : LenientConverter<string>
{
    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LenientText.Of(ref reader) ?? "";

    protected override string? Parse(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);
}

internal sealed class LenientInt32Converter : LenientConverter<int>
{
    protected override int Parse(ReadOnlySpan<byte> text) => LenientValues.Int32(text);
}

internal sealed class LenientBooleanConverter : LenientConverter<bool>
{
    protected override bool Parse(ReadOnlySpan<byte> text) => LenientValues.Boolean(text);
}

internal sealed class LenientRpcCodeConverter : LenientConverter<GoogleRpcCode>
{
    protected override GoogleRpcCode Parse(ReadOnlySpan<byte> text) => LenientValues.RpcCode(text);
}

internal sealed class LenientTimestampConverter : LenientConverter<DateTimeOffset?>
{
    protected override DateTimeOffset? Parse(ReadOnlySpan<byte> text) => LenientValues.Timestamp(text);
}

/// <summary>Reads an object, and treats any other value as absent.</summary>
/// <typeparam name="T">The object, whose metadata is in the options.</typeparam>
internal sealed class LenientObjectConverter<T> : JsonConverter<T?>
    where T : class
{
    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return ((JsonConverter<T>)options.GetTypeInfo(typeof(T)).Converter).Read(ref reader, typeof(T), options); // unlike Deserialize, reads it once
        reader.Skip();
        return null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Responses are only read.");
}
