using System.Globalization;
using System.Text.Json;
using Companion.Protocol;
using Companion.Protocol.Constraints;

namespace Companion.Server.Bounds;

/// <summary>
/// Reads the bounds from JSON. Strict, because a bound that's misspelled or misunderstood would be none: whatever isn't expected is an error.
/// </summary>
internal static class LimitsParser
{
    private const int MostCount = 1000;
    private const int MostHours = 8760; // a year
    private const int MostRankHours = 1_000_000;
    private const decimal LeastHours = 0.1m;

    private static readonly string Members = string.Join(
        ", ",
        BoundNames.NodePools, BoundNames.MaxNodes, BoundNames.MaxRanks, BoundNames.MaxHours, BoundNames.MaxRankHoursPerDay, BoundNames.MaxEnvironments,
        BoundNames.MayExtend, BoundNames.MayEndOthers);

    /// <summary>Reads bounds.</summary>
    /// <param name="fault">What's wrong, as a sentence without a period, or null.</param>
    /// <returns>Null if something's wrong.</returns>
    public static Limits? Parse(ReadOnlyMemory<byte> json, out string? fault)
    {
        var limits = new Limits();
        fault = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                fault = $"it must be an object with members {Members}";
            else
                fault = ParseMembers(document.RootElement, ref limits);
        }
        catch (JsonException e)
        {
            fault = string.Create(CultureInfo.InvariantCulture, $"it isn't valid JSON (line {e.LineNumber + 1})");
        }
        catch (InvalidOperationException)
        {
            fault = "it contains text that isn't valid Unicode"; // half of a surrogate pair
        }

        return fault is null ? limits : null;
    }

    private static string? ParseMembers(JsonElement root, ref Limits limits)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in root.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                return $"{Shown(member.Name)} is specified twice";
            string? expected = null;
            var value = member.Value;
            switch (member.Name)
            {
                case BoundNames.NodePools:
                    limits = limits with { NodePools = Ids(value, ref expected) };
                    break;
                case BoundNames.MaxNodes:
                    limits = limits with { MaxNodes = Integer(value, 1, MostCount, ref expected) };
                    break;
                case BoundNames.MaxRanks:
                    limits = limits with { MaxRanks = Integer(value, 1, int.MaxValue, ref expected) };
                    break;
                case BoundNames.MaxHours:
                    limits = limits with { MaxHours = Number(value, LeastHours, MostHours, ref expected) };
                    break;
                case BoundNames.MaxRankHoursPerDay:
                    limits = limits with { MaxRankHoursPerDay = Number(value, 0, MostRankHours, ref expected) };
                    break;
                case BoundNames.MaxEnvironments:
                    limits = limits with { MaxEnvironments = Integer(value, 0, MostCount, ref expected) };
                    break;
                case BoundNames.MayExtend:
                    limits = limits with { MayExtend = Boolean(value, ref expected) };
                    break;
                case BoundNames.MayEndOthers:
                    limits = limits with { MayEndOthers = Boolean(value, ref expected) };
                    break;
                default:
                    return $"{Shown(member.Name)} isn't allowed; allowed members: {Members}";
            }

            if (expected is not null)
                return $"{member.Name} must be {expected}";
        }

        return null;
    }

    private static IReadOnlyList<string>? Ids(JsonElement value, ref string? expected)
    {
        if (value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(static item => item.ValueKind == JsonValueKind.String && ResourceIdConverter.IsResourceId(item.GetString()!)))
            return [.. value.EnumerateArray().Select(static item => item.GetString()!)];
        expected = "an array of node pool ids";
        return null;
    }

    // 8.0 and "8" are refused, as in the protocol.
    private static int? Integer(JsonElement value, int least, int most, ref string? expected)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        expected = string.Create(CultureInfo.InvariantCulture, $"an integer from {least} to {most}");
        return null;
    }

    private static decimal? Number(JsonElement value, decimal least, decimal most, ref string? expected)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= least && number <= most)
            return number;
        expected = string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}");
        return null;
    }

    private static bool? Boolean(JsonElement value, ref string? expected)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        expected = "true or false";
        return null;
    }

    // Any other text could be a secret in the wrong file.
    private static string Shown(string name) => name.Length is > 0 and <= 32 && name.All(char.IsAsciiLetter) ? name : "a member with another name";
}
