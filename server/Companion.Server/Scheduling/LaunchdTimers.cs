using System.Security;
using Companion.Gateway.Files;

namespace Companion.Server.Scheduling;

/// <summary>
/// Agents of launchd for the user, see launchd.plist(5). An agent knows only local times, which are left out or repeated when clocks change, and move
/// when the user travels. So it starts once an hour, at the minute of the end, and its process does nothing if the end hasn't come.
/// </summary>
/// <param name="home">The user's home folder.</param>
/// <param name="userId">The user's numeric id.</param>
/// <param name="launchctl">Runs <c>launchctl</c> with arguments.</param>
internal sealed class LaunchdTimers(
    string? home, uint userId, Func<IReadOnlyList<string>, CancellationToken, Task<ProgramResult>> launchctl) : IUserTimers
{
    /// <inheritdoc/>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(home) ? "there is no home folder" : await RunAsync(["print", Domain], cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<bool> HasVariableAsync(string name, CancellationToken cancellationToken) =>
        await launchctl(["getenv", name], cancellationToken).ConfigureAwait(false) is { ExitCode: 0 } found && !string.IsNullOrWhiteSpace(found.Output);

    /// <inheritdoc/>
    public async Task<string?> SetAsync(string id, DateTimeOffset at, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        await RunAsync(["bootout", ServiceOf(id)], cancellationToken).ConfigureAwait(false); // fails if there's none
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PathOf(id))!);
            PlainFile.Replace(PathOf(id), Agent(id, at, command));
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return e.Message;
        }

        return await RunAsync(["bootstrap", Domain, PathOf(id)], cancellationToken).ConfigureAwait(false)
            ?? await RunAsync(["print", ServiceOf(id)], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(home) || !File.Exists(PathOf(id)))
            return;
        File.Delete(PathOf(id)); // first, because the next step can end the process that it's called in
        await RunAsync(["bootout", ServiceOf(id)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The property list of an agent.</summary>
    /// <param name="at">Only its minute matters, rounded up.</param>
    internal static string Agent(string id, DateTimeOffset at, IReadOnlyList<string> command) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key>
          <string>{LabelOf(id)}</string>
          <key>ProgramArguments</key>
          <array>
        {string.Join('\n', command.Select(static argument => $"    <string>{SecurityElement.Escape(argument)}</string>"))}
          </array>
          <key>RunAtLoad</key>
          <true/>
          <key>StartCalendarInterval</key>
          <dict>
            <key>Minute</key>
            <integer>{at.AddTicks(TimeSpan.TicksPerMinute - 1).ToLocalTime().Minute}</integer>
          </dict>
          <key>ProcessType</key>
          <string>Background</string>
        </dict>
        </plist>

        """;

    private string Domain => $"gui/{userId}";

    private string ServiceOf(string id) => $"{Domain}/{LabelOf(id)}";

    private static string LabelOf(string id) => $"companion.end.{id}";

    private string PathOf(string id) => Path.Combine(home!, "Library", "LaunchAgents", $"{LabelOf(id)}.plist");

    private async Task<string?> RunAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        (await launchctl(args, cancellationToken).ConfigureAwait(false)).FailureOf("launchctl");
}
