using System.Globalization;
using Companion.Protocol;

namespace Companion.Server.Cli.Output;

/// <summary>Shows an environment to people.</summary>
internal static class EnvironmentText
{
    /// <summary>Prints what's known about an environment.</summary>
    public static void Print(EnvironmentInfo environment, Terminal terminal, TimeProvider time)
    {
        terminal.Print(Heading(environment, terminal));
        Line("name", environment.DisplayName);
        if (environment.Connection is { } connection)
        {
            var isCurrent = environment.State is not (EnvironmentStates.Disconnected or EnvironmentStates.Creating);
            Line(isCurrent ? "node pool" : "last node pool", connection.NodePoolId);
            Line("ranks", connection.NumRanks?.ToString(CultureInfo.InvariantCulture));
            Line("role", connection.Role);
            Line("zone", connection.Zone);
        }

        if (environment.StateSince is { } since)
            Line("since", $"{Durations.Text(since, time)} ({Durations.Text(time.GetUtcNow() - since)})");
        Line("ends", End(environment.Lease, time));
        if (environment.Status is { Code: not "OK" } status)
            Line("last failure", $"{status.Code} {status.Message}");
        Line("created by", environment.CreatedBy);
        foreach (var difference in environment.Differences ?? [])
            Line("differs", $"{difference.Member} is {difference.Actual}, requested was {difference.Requested ?? "the default"}");
        Line("unprotected", environment.Unprotected);

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                terminal.Print($"  {name,-15} {Printable.Of(value)}");
        }
    }

    /// <summary>The state and connection on one line.</summary>
    public static string Summary(EnvironmentInfo environment)
    {
        var connection = environment is { Connection: { } c, State: not EnvironmentStates.Disconnected }
            ? $"  {c.NodePoolId}{(c.NumRanks is { } ranks ? string.Create(CultureInfo.InvariantCulture, $"  {ranks} {(ranks == 1 ? "rank" : "ranks")}") : "")}"
            : "";
        return Printable.Of($"{environment.EnvironmentId}  {environment.State}{connection}");
    }

    /// <summary>When a connection ends, and what keeps the end. Null if no end is set.</summary>
    public static string? End(LeaseInfo? lease, TimeProvider time) => lease is null ? null
        : lease.KeptBy.Count == 0 ? $"not ended: {Durations.Text(lease.Until, time)} has passed, and nothing will disconnect it"
        : IsKeptBySystem(lease) ? $"{Durations.Text(lease.Until, time)}, kept by this machine"
        : $"{Durations.Text(lease.Until, time)}, only while VS Code or a companion command runs";

    public static bool IsKeptBySystem(LeaseInfo lease) => lease.KeptBy.Contains(LeaseKeepers.System, StringComparer.Ordinal);

    private static string Heading(EnvironmentInfo environment, Terminal terminal)
    {
        var state = Printable.Of(environment.State);
        var color = environment.State switch
        {
            EnvironmentStates.Connected => "32", // green
            EnvironmentStates.Disconnected => "2", // dim
            _ => "33", // yellow
        };
        return $"{Printable.Of(environment.EnvironmentId)}  {(terminal is { HasStyle: true, IsOutputTerminal: true } ? $"\x1b[{color}m{state}\x1b[0m" : state)}";
    }
}
