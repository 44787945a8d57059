using System.Text.Json;

namespace Companion.Protocol.Constraints;

/// <summary>A string that has to pass a test.</summary>
public abstract class TextConverter : ConstrainedConverter<string?>
{
    /// <summary>Tells whether the member takes this text.</summary>
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
            return false; // a lone surrogate: JSON allows it, UTF-16 text does not
        }

        return value is not null && Accepts(value);
    }

    /// <inheritdoc/>
    public sealed override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
