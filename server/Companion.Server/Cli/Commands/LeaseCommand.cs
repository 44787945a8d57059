using System.CommandLine;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion lease</c></summary>
internal sealed class LeaseCommand
{
    private readonly Option<TimeSpan?> _extend = Options.Duration("--extend", "Move the end by this time.");
    private readonly Option<bool> _clear = Options.Flag("--clear", "Remove the end.");
    private readonly EndOptions _end;

    private LeaseCommand(Command command, TimeProvider time)
    {
        _end = new EndOptions(command, time);
        command.Add(_extend);
        command.Add(_clear);
        command.Validators.Add(result =>
        {
            var (hasEnd, isMoved) = (_end.AreIn(result), result.Has(_extend));
            if ((hasEnd ? 1 : 0) + (isMoved ? 1 : 0) + (result.Has(_clear) ? 1 : 0) > 1)
                result.AddError("Use only one of --for, --until, --extend, and --clear.");
            if (result.Has(_end.Keep) && !hasEnd && !isMoved)
                result.AddError("--keep requires --for, --until, or --extend.");
        });
    }

    public static Command Create(CliRunner runner, TimeProvider time)
    {
        var environment = Options.Environment();
        var command = new Command("lease", "Show or set when a connection ends.") { environment };
        var it = new LeaseCommand(command, time);
        runner.SetAction(command, it.RunAsync, environment, args => args.GetValue(it._end.Keep));
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var args = invocation.Args;
        var isCleared = args.GetValue(_clear);
        var end = _end.Read(args) ?? await MovedAsync(invocation, interrupted).ConfigureAwait(false);
        if (end is null && !isCleared)
        {
            Show(await invocation.ReadEnvironmentAsync(interrupted).ConfigureAwait(false), invocation);
            return ExitCode.InEffect;
        }

        var environment = await _end.SetAsync(end, invocation, interrupted).ConfigureAwait(false);
        Show(environment, invocation);
        return args.GetValue(_end.Keep) ? await LeaseWatch.RunAsync(environment, invocation, interrupted).ConfigureAwait(false) : ExitCode.InEffect;
    }

    private async Task<LeaseParams?> MovedAsync(Invocation invocation, CancellationToken interrupted)
    {
        if (invocation.Args.GetValue(_extend) is not { } duration)
            return null;
        var environment = await invocation.ReadEnvironmentAsync(interrupted).ConfigureAwait(false);
        return environment.Lease is { } lease
            ? new LeaseParams { Until = lease.Until + duration }
            : throw new UsageException($"{environment.EnvironmentId} has no end to extend. Set one with --for or --until.");
    }

    private static void Show(EnvironmentInfo environment, Invocation invocation) => invocation.Print(
        environment,
        ClientJson.Default.EnvironmentInfo,
        found => invocation.Terminal.Print($"{EnvironmentText.Summary(found)}  end: {EnvironmentText.End(found.Lease, invocation.Time) ?? "none"}"));
}
