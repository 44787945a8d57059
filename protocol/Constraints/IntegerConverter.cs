using System.Globalization;
using System.Text.Json;

namespace Companion.Protocol.Constraints;

/// <summary>An integer within bounds. 1.0 and "1" are refused, to catch mistakes.</summary>
public abstract class IntegerConverter(int minimum, int maximum) : ConstrainedConverter<int?>
{
    /// <inheritdoc/>
    public override string Expected => string.Create(CultureInfo.InvariantCulture, $"an integer from {minimum} to {maximum}");

    /// <inheritdoc/>
    public override string Schema =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"type":"integer","minimum":{{minimum}},"maximum":{{maximum}}}""");

    /// <inheritdoc/>
    protected override bool TryRead(ref Utf8JsonReader reader, out int? value)
    {
        var read = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number)
            && number >= minimum && number <= maximum ? number : (int?)null;
        value = read;
        return read is not null;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => writer.WriteNumberValue(value!.Value);
}

/// <summary>A number of ranks: 1 to the largest int32, the gateway's type.</summary>
public sealed class RankCountConverter() : IntegerConverter(1, int.MaxValue);

/// <summary>A number of nodes.</summary>
public sealed class NodeCountConverter() : IntegerConverter(0, int.MaxValue);

/// <summary>How long a change may take: one second to one day.</summary>
public sealed class TimeoutSecondsConverter() : IntegerConverter(1, 86_400);

/// <summary>How long a connection may last: one minute to one year.</summary>
public sealed class LeaseSecondsConverter() : IntegerConverter(60, Longest)
{
    /// <summary>A year in seconds.</summary>
    public const int Longest = 31_536_000;
}

/// <summary>How long to wait for room: one second to one year.</summary>
public sealed class WaitSecondsConverter() : IntegerConverter(1, LeaseSecondsConverter.Longest);

/// <summary>How many days of history to report: one day to five years.</summary>
public sealed class DayCountConverter() : IntegerConverter(1, 1825);
