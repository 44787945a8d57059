using System.CommandLine;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary>
/// <c>companion enforce</c>: ends connections that this machine has known for too long. It sets an end a few seconds ahead, so that the rules of
/// ends apply: the same connection, no force, and only one process at a time.
/// </summary>
internal sealed class EnforceCommand
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(3);

    private readonly Option<TimeSpan?> _max = Options.Duration("--max", "The longest time that a connection may last, such as 8h.");
    private readonly Option<string> _createdBy = Options.Text("--created-by", "EMAIL", "Whose environments to end, or any. Default: those of the key's owner.");
    private readonly Option<bool> _yes = Options.Flag("--yes", "Disconnect them. Otherwise, they're only listed.");
    private readonly Option<bool> _dryRun = Options.Flag("--dry-run", "Only list them, which is the default.");

    public static Command Create(CliRunner runner)
    {
        var it = new EnforceCommand();
        it._max.Required = true;
        var command = new Command("enforce", "Disconnect environments that this machine has seen connected for too long.") { it._max, it._createdBy, it._yes, it._dryRun };
        command.Validators.Add(result =>
        {
            if (result.Has(it._yes) && result.Has(it._dryRun))
                result.AddError("Use either --yes or --dry-run.");
        });
        runner.SetAction(command, it.RunAsync, keepsEnds: args => args.GetValue(it._yes));
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var owner = await OwnerAsync(invocation, interrupted).ConfigureAwait(false);
        var tooLong = await FindAsync(owner, invocation, interrupted).ConfigureAwait(false);
        if (invocation.Args.GetValue(_yes))
        {
            var waiter = new EndWaiter(invocation, static _ => { });
            tooLong = await Task.WhenAll(tooLong.Select(found => EndAsync(found, waiter, invocation, interrupted))).ConfigureAwait(false);
        }

        invocation.Print(new EnforceResult(tooLong), EnforceJson.Default.EnforceResult, result => Table.Print(
            invocation.Terminal,
            ["ENVIRONMENT", "NODE POOL", "SINCE", "RESULT", "MESSAGE"],
            result.Connections.Select(IReadOnlyList<string?> (found) =>
                [found.EnvironmentId, found.NodePoolId, Durations.Text(found.Since, invocation.Time), found.Result, found.Message])));
        return interrupted.IsCancellationRequested ? ExitCode.Interrupted : tooLong.Select(static found => EnforceResults.ExitCodeOf(found.Result)).DefaultIfEmpty().Max();
    }

    /// <summary>Whose environments are meant, or null for everyone's.</summary>
    private async Task<string?> OwnerAsync(Invocation invocation, CancellationToken interrupted)
    {
        if (invocation.Args.GetValue(_createdBy) is { } given)
            return given == "any" ? null : given;
        var account = await invocation.CallAsync(server => server.GetAccountAsync(interrupted)).ConfigureAwait(false);
        return account?.Email
            ?? throw new UsageException("The gateway doesn't say whose key this is. Add --created-by with an email address, or with any.");
    }

    private async Task<EnforcedConnection[]> FindAsync(string? owner, Invocation invocation, CancellationToken interrupted)
    {
        var list = await invocation.ListEnvironmentsAsync(interrupted).ConfigureAwait(false);
        var connected = list.Environments
            .Where(environment => environment.State == EnvironmentStates.Connected && (owner is null || environment.CreatedBy == owner))
            .ToArray();
        await Parallel.ForAsync(
            0,
            connected.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = interrupted },
            async (i, cancellationToken) => connected[i] = await ReadAsync(connected[i], invocation, cancellationToken).ConfigureAwait(false))
            .ConfigureAwait(false);
        var usage = await invocation.CallAsync(server => server.GetUsageAsync(
            new GetUsageParams { AccountId = invocation.AccountId, Since = invocation.Time.GetUtcNow().AddDays(-365), GroupBy = [UsageDimensions.Connection] },
            interrupted)).ConfigureAwait(false);
        if (usage.NotRecorded is { } reason)
            throw new UsageException($"Without a history, it isn't known how long connections last: {reason}");
        var longest = invocation.Args.GetValue(_max)!.Value;
        return
        [
            .. connected
                .Where(static environment => environment.State == EnvironmentStates.Connected)
                .Select(environment => Describe(environment, usage.Groups))
                .OfType<EnforcedConnection>()
                .Where(found => invocation.Time.GetUtcNow() - found.Since > longest),
        ];
    }

    // Its history begins with the first time that it was read, not listed.
    private static Task<EnvironmentInfo> ReadAsync(EnvironmentInfo listed, Invocation invocation, CancellationToken cancellationToken) =>
        invocation.ReadEnvironmentAsync(listed.EnvironmentId, listed.AccountId, cancellationToken);

    private static EnforcedConnection? Describe(EnvironmentInfo environment, IEnumerable<UsageGroup> connections) =>
        connections.FirstOrDefault(one => one.EnvironmentId == environment.EnvironmentId && one.End is null)?.From is { } since
            ? new EnforcedConnection
            {
                Environment = environment,
                EnvironmentId = environment.EnvironmentId,
                NodePoolId = environment.Connection?.NodePoolId,
                CreatedBy = environment.CreatedBy,
                Since = since,
                Result = EnforceResults.TooLong,
            }
            : null;

    private static async Task<EnforcedConnection> EndAsync(
        EnforcedConnection found, EndWaiter waiter, Invocation invocation, CancellationToken interrupted)
    {
        var request = new SetLeaseParams
        {
            EnvironmentId = found.EnvironmentId,
            AccountId = found.Environment!.AccountId,
            Lease = new LeaseParams { Until = invocation.Time.GetUtcNow() + Ahead },
        };
        try
        {
            var set = await invocation.CallAsync(server => server.SetLeaseAsync(request, interrupted)).ConfigureAwait(false);
            if (set.UpdateTime != found.Environment!.UpdateTime)
            {
                await invocation.CallAsync(server => server.SetLeaseAsync(request with { Lease = null }, CancellationToken.None)).ConfigureAwait(false);
                return found with { Result = EnforceResults.NotEnded, Message = "It has changed meanwhile." };
            }

            var last = await waiter.WaitAsync(set, interrupted).ConfigureAwait(false);
            return last.State == EnvironmentStates.Disconnected ? found with { Result = EnforceResults.Ended }
                : last.Lease is null ? found with { Result = EnforceResults.NotEnded, Message = $"It's {last.State}." }
                : found with { Result = EnforceResults.Unknown, Message = "It couldn't be confirmed that it was disconnected." };
        }
        catch (ServerException e)
        {
            return found with { Result = e.Details?.Outcome == Outcomes.NotApplied ? EnforceResults.NotEnded : EnforceResults.Unknown, Message = e.Message };
        }
        catch (OperationCanceledException)
        {
            return found with { Result = EnforceResults.Unknown, Message = "Interrupted. It may still be disconnected." };
        }
    }
}
