using System.Globalization;
using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>Compares the connection that the gateway reports with the requested one.</summary>
internal static class ConnectionComparison
{
    private const string AssumedRole = "assumed-role";

    /// <summary>Whether it is the requested node pool, or null if the gateway doesn't report one.</summary>
    public static bool? IsOnPool(this ConnectionParams asked, ConnectionInfo? reported) => reported is null ? null : reported.NodePoolId == asked.NodePoolId;

    /// <summary>True if the gateway confirms every requested member and omits only defaults.</summary>
    public static bool IsExactly(this ConnectionParams asked, ConnectionInfo? reported) =>
        reported is not null
        && asked.IsOnPool(reported) == true
        && (reported.NumRanks ?? 1) == (asked.NumRanks ?? 1)
        && (asked.Role is null || (reported.Role is not null && IsSameRole(asked.Role, reported.Role)))
        && (asked.UseLocalStorage is null || (reported.UseLocalStorage ?? false) == asked.UseLocalStorage);

    /// <summary>The members that differ. A member that the gateway omits doesn't count as different.</summary>
    public static IReadOnlyList<ConnectionDifference> Differences(this ConnectionParams asked, ConnectionInfo? reported)
    {
        var differences = new List<ConnectionDifference>();
        if (reported?.NumRanks is { } ranks && ranks != (asked.NumRanks ?? 1))
            Add("numRanks", asked.NumRanks?.ToString(CultureInfo.InvariantCulture), ranks.ToString(CultureInfo.InvariantCulture));
        if (asked.Role is { } role && reported?.Role is { } other && !IsSameRole(role, other))
            Add("role", role, other);
        if (asked.UseLocalStorage is false && reported?.UseLocalStorage is true)
            Add("useLocalStorage", "false", "true");
        return differences;

        void Add(string member, string? requested, string actual) =>
            differences.Add(new ConnectionDifference { Member = member, Requested = requested, Actual = actual });
    }

    /// <summary>True if the only difference is a higher number of ranks, which happens when the gateway rounds up to whole nodes.</summary>
    public static bool HasOnlyMoreRanks(this ConnectionParams asked, ConnectionInfo? reported) =>
        reported?.NumRanks > (asked.NumRanks ?? 1) && asked.Differences(reported).Count == 1;

    // arn:aws:iam::1:role/path/name is reported as arn:aws:sts::1:assumed-role/name/session while it is in use.
    private static bool IsSameRole(string role, string reported)
    {
        if (role == reported)
            return true;
        var (asked, actual) = (role.Split(':', 6), reported.Split(':', 6));
        return asked.Length == 6 && actual.Length == 6
            && actual[2] == "sts" && actual[1] == asked[1] && actual[4] == asked[4]
            && actual[5].Split('/') is [AssumedRole, var name, ..] && name == asked[5].Split('/')[^1];
    }
}
