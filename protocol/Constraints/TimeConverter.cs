using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Companion.Protocol.Constraints;

/// <summary>A time in RFC 3339. Times without an offset are refused, because the client's time zone isn't known.</summary>
public sealed partial class TimeConverter : ConstrainedConverter<DateTimeOffset?>
{
    private const string Pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$";

    /// <inheritdoc/>
    public override string Expected => "a time in RFC 3339 with an offset, such as 2026-11-28T18:30:00+01:00";

    /// <inheritdoc/>
    public override string Schema => $$"""{"type":"string","format":"date-time","pattern":"{{Pattern}}"}""";

    /// <inheritdoc/>
    protected override bool TryRead(ref Utf8JsonReader reader, out DateTimeOffset? value)
    {
        value = null;
        if (reader.TokenType != JsonTokenType.String)
            return false;
        try
        {
            if (reader.GetString() is { } text && !text.EndsWith('\n') && Time().IsMatch(text)
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
                value = time;
        }
        catch (InvalidOperationException)
        {
            // a lone surrogate: valid in JSON, but not in UTF-16 text
        }

        return value is not null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) => writer.WriteStringValue(value!.Value);

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Time();
}
