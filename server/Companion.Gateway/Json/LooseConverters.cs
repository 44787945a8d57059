using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.Gateway;

/// <summary>
/// Reads one value of an answer: null and "" are the same as absent, and a value of another type is taken for what it plainly
/// means or else for absent. One odd member must not cost the whole list.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal abstract class LooseConverter<T> : JsonConverter<T?>
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

        var text = Text(ref reader);
        return string.IsNullOrEmpty(text) ? default : Parse(text);
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are read, never written.");

    /// <summary>Reads the text of a string, a number or a truth value.</summary>
    /// <param name="text">The text, not empty.</param>
    protected abstract T? Parse(string text);

    private static string? Text(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            case JsonTokenType.String:
                return LooseText.Of(ref reader);
            default:
                return null;
        }
    }
}

/// <summary>The text of a token, also where it is none.</summary>
internal static class LooseText
{
    /// <summary>The text of a string or of a member's name; null for a lone surrogate, or bytes that are no UTF-8.</summary>
    /// <param name="reader">Stands at the token.</param>
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
}

internal sealed class LooseStringConverter : LooseConverter<string>
{
    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        LooseText.Of(ref reader) ?? "";

    protected override string? Parse(string text) => text;
}

internal sealed class LooseInt32Converter : LooseConverter<int>
{
    // JSON's numbers have no integers: 3, 3.0, 3e0 and, by proto's rules, "3" are one number.
    protected override int Parse(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number is >= int.MinValue and <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : 0;
}

internal sealed class LooseBooleanConverter : LooseConverter<bool>
{
    protected override bool Parse(string text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase) || text == "1";
}

internal sealed class LooseTimestampConverter : LooseConverter<DateTimeOffset?>
{
    protected override DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}

internal sealed class LooseRpcCodeConverter : LooseConverter<GoogleRpcCode>
{
    protected override GoogleRpcCode Parse(string text) => GoogleRpcCodes.TryParse(text, out var code) ? code : GoogleRpcCode.Unknown;
}
