using System.Text.Json;

namespace Companion.Protocol.Constraints;

/// <summary>A string that must pass a test.</summary>
public abstract class TextConverter : ConstrainedConverter<string?>
{
    /// <summary>Returns whether the text is valid.</summary>
    protected abstract bool Accepts(string text);

    /// <inheritdoc/>
    protected sealed override bool TryRead(ref Utf8JsonReader reader, out string? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.String)
            return false;
        try
        {
            value = reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return false; // a lone surrogate: valid in JSON, but not in UTF-16 text
        }

        return value is not null && Accepts(value);
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
