using System.Globalization;

namespace Companion.Server.Scheduling;

/// <summary>The text of systemd's units, see systemd.timer(5), systemd.service(5), and systemd.syntax(7).</summary>
internal static class SystemdUnits
{
    private const string Description = "Companion: disconnect a cloud environment at the end of its connection";

    /// <summary>A time as systemd writes and reads it. In UTC, because a local time can be left out or repeated when clocks change.</summary>
    public static string Time(DateTimeOffset at) =>
        at.AddTicks(TimeSpan.TicksPerSecond - 1).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A timer that elapses once. If the computer is off then, it elapses at the next start of the user's services.</summary>
    public static string Timer(DateTimeOffset at) =>
        $"""
        [Unit]
        Description={Description}

        [Timer]
        OnCalendar={Time(at)}
        Persistent=true
        AccuracySec=1s

        [Install]
        WantedBy=timers.target

        """;

    /// <summary>The service that the timer starts.</summary>
    /// <exception cref="IOException">An argument has a character that a unit can't have.</exception>
    public static string Service(IReadOnlyList<string> command) =>
        $"""
        [Unit]
        Description={Description}

        [Service]
        Type=oneshot
        ExecStart={string.Join(' ', command.Select(Quote))}
        TimeoutStartSec=3h

        """;

    private static string Quote(string argument)
    {
        if (argument.Any(char.IsControl))
            throw new IOException("A path has a control character");
        return $"\"{argument.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("%", "%%").Replace("$", "$$")}\"";
    }
}
