using System.CommandLine;
using System.CommandLine.Parsing;
using Companion.Protocol;
using Companion.Server.Cli.Parsing;

namespace Companion.Server.Cli.Commands;

/// <summary>The options that say when a connection ends, and what keeps the end.</summary>
internal sealed class EndOptions
{
    /// <summary>Adds the options to a command.</summary>
    public EndOptions(Command command, TimeProvider time)
    {
        For = Options.Duration("--for", "Disconnect it after this time, such as 90m, 2h, or 1d12h.");
        Until = Options.Time("--until", time, "Disconnect it at this time, such as 18:30, or 2026-11-30T18:30.");
        Keep = Options.Flag("--keep", "Keep the end with this command, which then runs until it's over.");
        command.Add(For);
        command.Add(Until);
        command.Add(Keep);
        command.Validators.Add(result =>
        {
            if (result.Has(For) && result.Has(Until))
                result.AddError("Use either --for or --until.");
        });
    }

    public Option<TimeSpan?> For { get; }

    public Option<DateTimeOffset?> Until { get; }

    public Option<bool> Keep { get; }

    /// <summary>True if an end was entered.</summary>
    public bool AreIn(SymbolResult result) => result.Has(For) || result.Has(Until);

    /// <summary>The end, or null if none was entered.</summary>
    public LeaseParams? Read(ParseResult args) =>
        args.GetValue(For) is { } duration ? new LeaseParams { DurationSeconds = Seconds(duration) }
        : args.GetValue(Until) is { } until ? new LeaseParams { Until = until }
        : null;

    /// <summary>What to do if the operating system can't keep the end. Shown below the error.</summary>
    public const string KeepHint = "  To keep the end with this command, which then runs until it's over, add --keep.";

    /// <summary>True if the operating system is to keep the end, because nothing else does after this command.</summary>
    public bool IsForSystem(Invocation invocation) =>
        !invocation.Args.GetValue(Keep) && !CliSettings.IsKeptByVSCode(invocation.Environment);

    /// <summary>Sets the end of the current connection, or clears it.</summary>
    public Task<EnvironmentInfo> SetAsync(LeaseParams? end, Invocation invocation, CancellationToken interrupted)
    {
        var request = new SetLeaseParams
        {
            EnvironmentId = invocation.EnvironmentId!,
            AccountId = invocation.AccountId,
            Lease = end,
            BySystem = (invocation.AsksSystem = end is not null && IsForSystem(invocation)) ? true : null,
        };
        return invocation.CallAsync(server => server.SetLeaseAsync(request, interrupted));
    }

    /// <summary>A duration in whole seconds for the server, which checks the range.</summary>
    public static int Seconds(TimeSpan duration) => (int)Math.Min(int.MaxValue, duration.TotalSeconds);
}
