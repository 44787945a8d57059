using Companion.Gateway.Credentials;
using Companion.Gateway.Files;

namespace Companion.Server.Scheduling;

/// <summary>Timers of systemd's manager for the user.</summary>
/// <param name="systemctl">Runs <c>systemctl --user</c> with arguments.</param>
internal sealed class SystemdTimers(IProcessEnvironment environment, Func<IReadOnlyList<string>, CancellationToken, Task<ProgramResult>> systemctl)
    : IUserTimers
{
    private const string Prefix = "companion-end-";

    /// <inheritdoc/>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken) =>
        Folder("XDG_CONFIG_HOME", ".config") is null ? "there is no home folder"
        : await RunAsync(["show-environment"], cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> HasVariableAsync(string name, CancellationToken cancellationToken)
    {
        var shown = await systemctl(["show-environment"], cancellationToken).ConfigureAwait(false);
        return shown.ExitCode == 0
            && shown.Output.Split('\n').Any(line => line.Length > name.Length + 1 && line.StartsWith($"{name}=", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public async Task<string?> SetAsync(string id, DateTimeOffset at, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(UnitFolder);
            PlainFile.Replace(UnitPath(id, "service"), SystemdUnits.Service(command));
            PlainFile.Replace(UnitPath(id, "timer"), SystemdUnits.Timer(at));
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return e.Message;
        }

        string[][] steps = [["daemon-reload"], ["enable", Timer(id)], ["restart", Timer(id)]]; // a timer that's active keeps its old time
        foreach (var step in steps)
        {
            if (await RunAsync(step, cancellationToken).ConfigureAwait(false) is { } failure)
                return failure;
        }

        // It can be accepted and never elapse, for example if its time has just passed.
        var next = await systemctl(["show", Timer(id), "--property=NextElapseUSecRealtime", "--value"], cancellationToken).ConfigureAwait(false);
        return next.ExitCode == 0 && next.Output.Contains(SystemdUnits.Time(at), StringComparison.Ordinal)
            ? null
            : "systemd doesn't report the timer's time";
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (Folder("XDG_CONFIG_HOME", ".config") is null || !File.Exists(UnitPath(id, "timer")))
            return;
        await RunAsync(["disable", "--now", Timer(id)], cancellationToken).ConfigureAwait(false);
        try
        {
            File.Delete(UnitPath(id, "timer"));
            File.Delete(UnitPath(id, "service"));
            File.Delete(Path.Combine(Folder("XDG_DATA_HOME", ".local", "share")!, "systemd", "timers", $"stamp-{Timer(id)}"));
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            // a timer that's left finds nothing to do
        }

        await RunAsync(["daemon-reload"], cancellationToken).ConfigureAwait(false);
    }

    private static string Timer(string id) => $"{Prefix}{id}.timer";

    private string UnitFolder => Path.Combine(Folder("XDG_CONFIG_HOME", ".config")!, "systemd", "user");

    private string UnitPath(string id, string kind) => Path.Combine(UnitFolder, $"{Prefix}{id}.{kind}");

    private string? Folder(string variable, params ReadOnlySpan<string> inHome) =>
        environment.GetVariable(variable) is { } given && Path.IsPathFullyQualified(given) ? given
        : environment.HomeDirectory is { Length: > 0 } home ? Path.Combine([home, .. inHome])
        : null;

    private async Task<string?> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        (await systemctl(args, cancellationToken).ConfigureAwait(false)).FailureOf("systemctl");
}
