using System.Globalization;
using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>Compares the connection that the gateway reports with the requested one.</summary>
internal static class ConnectionComparison
{
    private const string AssumedRole = "assumed-role";

    /// <summary>Whether it is the requested node pool, or null if the gateway doesn't report one.</summary>
    public static bool? IsOnPool(this ConnectionParams asked, ConnectionInfo? there) => there is null ? null : there.NodePoolId == asked.NodePoolId;

    /// <summary>True if the gateway confirms every requested member and omits only defaults.</summary>
    public static bool IsExactly(this ConnectionParams asked, ConnectionInfo? there) =>
        there is not null
        && asked.IsOnPool(there) == true
        && (there.NumRanks ?? 1) == (asked.NumRanks ?? 1)
        && (asked.Role is null || (there.Role is not null && IsSameRole(asked.Role, there.Role)))
        && (asked.UseLocalStorage is null || (there.UseLocalStorage ?? false) == asked.UseLocalStorage);

    /// <summary>The members that differ. A member that the gateway omits doesn't count as different.</summary>
    public static IReadOnlyList<ConnectionDifference> Differences(this ConnectionParams asked, ConnectionInfo? there)
    {
        var differences = new List<ConnectionDifference>();
        if (there?.NumRanks is { } ranks && ranks != (asked.NumRanks ?? 1))
            Add("numRanks", asked.NumRanks?.ToString(CultureInfo.InvariantCulture), ranks.ToString(CultureInfo.InvariantCulture));
        if (asked.Role is { } role && there?.Role is { } actual && !IsSameRole(role, actual))
            Add("role", role, actual);
        if (asked.UseLocalStorage is false && there?.UseLocalStorage is true)
            Add("useLocalStorage", "false", "true");
        return differences;

        void Add(string member, string? requested, string reported) =>
            differences.Add(new ConnectionDifference { Member = member, Requested = requested, Actual = reported });
    }

    /// <summary>True if the only difference is a higher number of ranks, which happens when the gateway rounds up to whole nodes.</summary>
    public static bool HasOnlyMoreRanks(this ConnectionParams asked, ConnectionInfo? there) =>
        there?.NumRanks > (asked.NumRanks ?? 1) && asked.Differences(there).Count == 1;

    // arn:aws:iam::1:role/path/name is reported as arn:aws:sts::1:assumed-role/name/session while it is in use.
    private static bool IsSameRole(string role, string reported)
    {
        if (role == reported)
            return true;
        var (asked, there) = (role.Split(':', 6), reported.Split(':', 6));
        return asked.Length == 6 && there.Length == 6
            && there[2] == "sts" && there[1] == asked[1] && there[4] == asked[4]
            && there[5].Split('/') is [AssumedRole, var name, ..] && name == asked[5].Split('/')[^1];
    }
}
