using System.Text.Json;

namespace Companion.Protocol.Constraints;

/// <summary>The names of <see cref="Wait"/>, case-sensitive.</summary>
public sealed class WaitConverter : ConstrainedConverter<Wait?>
{
    private const string Settled = "settled";
    private const string Accepted = "accepted";

    /// <inheritdoc/>
    public override string Expected => "\"settled\" or \"accepted\"";

    /// <inheritdoc/>
    public override string Schema => """{"type":"string","enum":["settled","accepted"]}""";

    /// <inheritdoc/>
    protected override bool TryRead(ref Utf8JsonReader reader, out Wait? value)
    {
        value = reader.TokenType != JsonTokenType.String ? null
            : reader.ValueTextEquals(Settled) ? Wait.Settled
            : reader.ValueTextEquals(Accepted) ? Wait.Accepted
            : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Wait? value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value == Wait.Accepted ? Accepted : Settled);
}
