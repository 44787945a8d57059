using System.ComponentModel;
using System.Diagnostics;

namespace Companion.Server.Scheduling;

/// <summary>What a program wrote, and its exit code.</summary>
/// <param name="Output">stdout, or if the program failed, stderr.</param>
internal readonly record struct ProgramResult(int ExitCode, string Output)
{
    /// <summary>Describes a failure.</summary>
    /// <returns>Null if the program was successful.</returns>
    public string? FailureOf(string program) =>
        ExitCode == 0 ? null
        : Output.Split('\n', 2)[0].Trim() is { Length: > 0 } line ? $"{program}: {line}"
        : $"{program} failed with {ExitCode}";
}

/// <summary>Runs programs of the operating system.</summary>
internal static class ProgramRunner
{
    private const int NotFound = 127; // as in a shell
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Runs <c>systemctl --user</c>. Its times are in UTC, and its messages are in English.</summary>
    public static Task<ProgramResult> SystemctlAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        RunAsync("systemctl", ["--user", "--no-pager", .. args], cancellationToken);

    /// <summary>Runs <c>launchctl</c> of macOS.</summary>
    public static Task<ProgramResult> LaunchctlAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        RunAsync("/bin/launchctl", args, cancellationToken);

    /// <summary>Runs <c>schtasks</c> of Windows.</summary>
    public static Task<ProgramResult> SchtasksAsync(IReadOnlyList<string> args, CancellationToken cancellationToken) =>
        RunAsync(Path.Combine(Environment.SystemDirectory, "schtasks.exe"), args, cancellationToken);

    private static async Task<ProgramResult> RunAsync(string program, IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, args)
        {
            UseShellExecute = false,
            RedirectStandardInput = true, // the server's own is the client's
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["TZ"] = "UTC" },
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            using var process = Process.Start(start)!;
            using var killing = limit.Token.Register(process.Kill);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            var (written, failure) = (await output.ConfigureAwait(false), await error.ConfigureAwait(false));
            return new ProgramResult(process.ExitCode, process.ExitCode == 0 ? written : failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProgramResult(NotFound, $"{program} didn't finish within {Limit.TotalSeconds} s");
        }
        catch (Win32Exception e)
        {
            return new ProgramResult(NotFound, e.Message);
        }
    }
}
