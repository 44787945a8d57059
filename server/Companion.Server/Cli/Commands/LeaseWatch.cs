using Companion.Protocol;
using Companion.Server.Cli.Output;

namespace Companion.Server.Cli.Commands;

/// <summary>Runs until the end of a connection is over.</summary>
internal static class LeaseWatch
{
    /// <summary>Keeps an end.</summary>
    /// <param name="environment">The environment with its lease.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(EnvironmentInfo environment, Invocation invocation, CancellationToken interrupted)
    {
        var terminal = invocation.Terminal;
        var until = environment.Lease!.Until;
        terminal.Tell($"Keeping the end until {Durations.Text(until, invocation.Time)}. To stop, press Ctrl+C: {environment.EnvironmentId} then stays connected.");
        invocation.Server.OnLeaseEnding = ending =>
            terminal.Tell($"{ending.EnvironmentId} will be disconnected at {Durations.Text(ending.Until, invocation.Time)}.");
        var waiter = new EndWaiter(invocation, seen =>
        {
            if (seen.EnvironmentId == environment.EnvironmentId && seen.Lease!.Until != until)
                terminal.Tell($"The end is now {Durations.Text(until = seen.Lease.Until, invocation.Time)}.");
        });
        try
        {
            var last = await waiter.WaitAsync(environment, interrupted).ConfigureAwait(false);
            terminal.Tell(EnvironmentText.Summary(last));
            return last.Lease is null ? ExitCode.InEffect : ExitCode.Unknown;
        }
        catch (OperationCanceledException)
        {
            terminal.Complain($"Interrupted. {environment.EnvironmentId} stays connected, and its end isn't kept by this command any more.");
            return ExitCode.Interrupted;
        }
    }
}
