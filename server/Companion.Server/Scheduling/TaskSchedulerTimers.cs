using System.Globalization;
using System.Security;
using System.Text;
using Companion.Gateway.Files;

namespace Companion.Server.Scheduling;

/// <summary>Tasks of Windows' Task Scheduler for the user, see its schema for tasks, version 1.2.</summary>
/// <param name="folder">A folder for temporary files.</param>
/// <param name="schtasks">Runs <c>schtasks</c> with arguments.</param>
internal sealed class TaskSchedulerTimers(string folder, Func<IReadOnlyList<string>, CancellationToken, Task<ProgramResult>> schtasks) : IUserTimers
{
    /// <inheritdoc/>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken) =>
        (await schtasks(["/Query", "/TN", @"\", "/FO", "LIST"], cancellationToken).ConfigureAwait(false)).FailureOf("schtasks");

    /// <inheritdoc/>
    public Task<bool> HasVariableAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(Environment.GetEnvironmentVariable(name, EnvironmentVariableTarget.User) is { Length: > 0 });

    /// <inheritdoc/>
    public async Task<string?> SetAsync(string id, DateTimeOffset at, IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, $"companion-end-{id}.xml");
        try
        {
            await File.WriteAllTextAsync(file, TaskFor(at, command), Encoding.Unicode, cancellationToken).ConfigureAwait(false);
            var created = await schtasks(["/Create", "/TN", NameOf(id), "/XML", file, "/F"], cancellationToken).ConfigureAwait(false);
            if (created.FailureOf("schtasks") is { } failure)
                return failure;
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return e.Message;
        }
        finally
        {
            File.Delete(file);
        }

        var there = await schtasks(["/Query", "/TN", NameOf(id), "/XML", "ONE"], cancellationToken).ConfigureAwait(false);
        return there.ExitCode == 0 && there.Output.Contains(Time(at), StringComparison.Ordinal) ? null : "Task Scheduler doesn't report the task's time";
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) => schtasks(["/Delete", "/TN", NameOf(id), "/F"], cancellationToken);

    /// <summary>The definition of a task that runs once, or if the computer is off or asleep then, as soon as possible.</summary>
    internal static string TaskFor(DateTimeOffset at, IReadOnlyList<string> command) =>
        $"""
        <?xml version="1.0" encoding="UTF-16"?>
        <Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
          <Triggers>
            <TimeTrigger>
              <StartBoundary>{Time(at)}</StartBoundary>
            </TimeTrigger>
          </Triggers>
          <Settings>
            <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
            <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
            <StartWhenAvailable>true</StartWhenAvailable>
            <ExecutionTimeLimit>PT3H</ExecutionTimeLimit>
          </Settings>
          <Actions>
            <Exec>
              <Command>{SecurityElement.Escape(command[0])}</Command>
              <Arguments>{SecurityElement.Escape(string.Join(' ', command.Skip(1).Select(Quote)))}</Arguments>
            </Exec>
          </Actions>
        </Task>

        """;

    private static string NameOf(string id) => $@"\Companion\end-{id}";

    private static string Time(DateTimeOffset at) =>
        at.AddTicks(TimeSpan.TicksPerSecond - 1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // A path has no quotation marks. A backslash at the end would escape the one that closes it.
    private static string Quote(string argument) => $"\"{argument.TrimEnd('\\')}\"";
}
