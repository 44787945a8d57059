using System.Text.Json;

namespace Companion.Protocol.Constraints;

/// <summary>LSP's ProgressToken: an integer or a string, returned exactly as received.</summary>
public sealed class ProgressTokenConverter : ConstrainedConverter<JsonElement?>
{
    /// <inheritdoc/>
    public override string Expected => "a progress token: an integer or a string";

    /// <inheritdoc/>
    public override string Schema => """{"type":["integer","string"]}""";

    /// <inheritdoc/>
    protected override bool TryRead(ref Utf8JsonReader reader, out JsonElement? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.String && !(reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _)))
            return false;
        value = JsonElement.ParseValue(ref reader);
        return true;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement? value, JsonSerializerOptions options) => value!.Value.WriteTo(writer);
}
