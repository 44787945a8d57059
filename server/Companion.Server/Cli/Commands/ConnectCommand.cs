using System.CommandLine;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Cli.Output;
using Companion.Server.Cli.Parsing;
using Companion.Server.InProcess;

namespace Companion.Server.Cli.Commands;

/// <summary><c>companion connect</c></summary>
internal sealed class ConnectCommand
{
    private const string Accepted = "accepted";

    private readonly Option<string> _nodePool = new("--node-pool") { Description = "The node pool's ID.", HelpName = "ID", Required = true };
    private readonly Option<int?> _ranks = Options.Number("--ranks", "The number of ranks. Default: 1.");
    private readonly Option<string> _role = Options.Text("--role", "ARN", "The AWS IAM role. Default: the node pool's own.");
    private readonly Option<bool> _localStorage = Options.Flag("--local-storage", "Mount the node's local storage on /tmp.");
    private readonly Option<string> _wait = new Option<string>("--wait") { Description = "When to return. Default: connected." }.AcceptOnlyFromAmong("connected", Accepted);
    private readonly Option<TimeSpan?> _waitForRoom = Options.Duration("--wait-for-room", "Wait up to this time until the node pool has room.");
    private readonly Option<TimeSpan?> _timeout = Options.Duration("--timeout", "How long to wait for the change. Default: 30m.");
    private readonly Option<bool> _yes = Options.Flag("--yes", "Accept the risks, such as interrupting what runs in the environment.");
    private readonly EndOptions _end;

    private ConnectCommand(Command command, TimeProvider time)
    {
        foreach (var option in new Option[] { _nodePool, _ranks, _role, _localStorage, _wait, _waitForRoom, _timeout, _yes })
            command.Add(option);
        _end = new EndOptions(command, time);
        command.Validators.Add(result =>
        {
            if (_end.AreIn(result) && result.GetResult(_wait) is { Tokens: [{ Value: Accepted }] })
                result.AddError("An end is set when the environment is connected, so --for and --until can't be used with --wait accepted.");
            if (result.Has(_end.Keep) && !_end.AreIn(result))
                result.AddError("--keep requires --for or --until.");
        });
    }

    public static Command Create(CliRunner runner, TimeProvider time)
    {
        var environment = Options.Environment();
        var command = new Command("connect", "Connect an environment to a node pool.") { environment };
        var it = new ConnectCommand(command, time);
        runner.SetAction(command, it.RunAsync, environment, args => args.GetValue(it._end.Keep));
        return command;
    }

    private async Task<int> RunAsync(Invocation invocation, CancellationToken interrupted)
    {
        var args = invocation.Args;
        var connection = new ConnectionParams
        {
            NodePoolId = args.GetRequiredValue(_nodePool),
            NumRanks = args.GetValue(_ranks),
            Role = args.GetValue(_role),
            UseLocalStorage = args.GetValue(_localStorage) ? true : null,
        };
        var lease = _end.Read(args);
        var plan = await PlanAsync(connection, invocation, interrupted).ConfigureAwait(false);
        if (plan.NextStep == PlanSteps.Nothing)
            return await StayAsync(plan.Environment, lease, invocation, interrupted).ConfigureAwait(false);
        Confirm(plan, invocation);
        var request = new ConnectParams
        {
            EnvironmentId = invocation.EnvironmentId!,
            AccountId = invocation.AccountId,
            Connection = connection,
            Lease = lease,
            BySystem = (invocation.AsksSystem = lease is not null && _end.IsForSystem(invocation)) ? true : null,
            WaitForCapacity = args.GetValue(_waitForRoom) is { } room ? new WaitForCapacityParams { DurationSeconds = EndOptions.Seconds(room) } : null,
            Wait = args.GetValue(_wait) == Accepted ? Wait.Accepted : null,
            TimeoutSeconds = args.GetValue(_timeout) is { } timeout ? EndOptions.Seconds(timeout) : null,
        };
        EnvironmentInfo connected;
        try
        {
            connected = await ChangeRun.RunAsync(
                invocation, (server, token) => server.ConnectAsync(request with { WorkDoneToken = token }, interrupted)).ConfigureAwait(false);
        }
        catch (ServerException e) when (lease is not null && e.Details?.Outcome == Outcomes.Unknown)
        {
            invocation.Terminal.Complain($"Nothing keeps its end after this command. {HowToSet(request.EnvironmentId)}");
            throw;
        }

        return lease is null ? ExitCode.InEffect : await FollowEndAsync(connected, request, invocation, interrupted).ConfigureAwait(false);
    }

    private static Task<ConnectPlan> PlanAsync(ConnectionParams connection, Invocation invocation, CancellationToken interrupted)
    {
        var request = new PlanConnectParams { EnvironmentId = invocation.EnvironmentId!, AccountId = invocation.AccountId, Connection = connection };
        return invocation.CallAsync(server => server.PlanConnectAsync(request, interrupted));
    }

    /// <summary>Asks the user about risks. Without a terminal, they must have been accepted before.</summary>
    /// <exception cref="ServerException">The connect isn't possible, or its risks aren't accepted.</exception>
    private void Confirm(ConnectPlan plan, Invocation invocation)
    {
        var (terminal, isWaiting) = (invocation.Terminal, invocation.Args.GetValue(_waitForRoom) is not null);
        if (plan.NextStep == PlanSteps.Choose && !isWaiting)
            throw Refusal(plan.Reason ?? "");
        var risks = plan.Risks.Where(risk => !isWaiting || risk.Kind != RiskKinds.ExceedsMaximum).Select(static risk => risk.Message).ToList(); // which is what it waits for
        if (risks.Count == 0 || invocation.Args.GetValue(_yes))
            return;
        if (!terminal.CanAsk)
            throw Refusal($"{string.Join(' ', risks)} Nothing was sent. To accept this, add --yes.");
        foreach (var risk in risks)
            terminal.Complain(Printable.Of(risk));
        if (!terminal.Confirm("Connect anyway?"))
            throw Refusal("Nothing was sent.");
    }

    private static ServerException Refusal(string message) => new(
        (int)GoogleRpcCode.FailedPrecondition,
        message,
        new ErrorData
        {
            Status = GoogleRpcCodes.Name(GoogleRpcCode.FailedPrecondition),
            Outcome = Outcomes.NotApplied,
            Refused = true,
            Retryable = false,
            Actions = [],
        });

    /// <summary>It's already connected like this. Another connect would interrupt what runs in it.</summary>
    private async Task<int> StayAsync(EnvironmentInfo connected, LeaseParams? end, Invocation invocation, CancellationToken interrupted)
    {
        if (end is not null)
            connected = await _end.SetAsync(end, invocation, interrupted).ConfigureAwait(false);
        invocation.Terminal.Tell($"{connected.EnvironmentId} is already connected like this. Nothing was sent.");
        invocation.Print(connected);
        return invocation.Args.GetValue(_end.Keep) ? await LeaseWatch.RunAsync(connected, invocation, interrupted).ConfigureAwait(false) : ExitCode.InEffect;
    }

    private async Task<int> FollowEndAsync(EnvironmentInfo connected, ConnectParams request, Invocation invocation, CancellationToken interrupted)
    {
        if (connected.Lease is not { KeptBy.Count: > 0 } lease)
        {
            invocation.Terminal.Complain($"error: {connected.EnvironmentId} is connected, but its end couldn't be set. {HowToSet(connected.EnvironmentId)}");
            return ExitCode.Unknown;
        }

        if (invocation.Args.GetValue(_end.Keep))
            return await LeaseWatch.RunAsync(connected, invocation, interrupted).ConfigureAwait(false);
        if (request.BySystem != true || EnvironmentText.IsKeptBySystem(lease))
            return ExitCode.InEffect;
        invocation.Terminal.Complain($"error: {connected.EnvironmentId} is connected, but nothing keeps its end after this command. {HowToSet(connected.EnvironmentId)}");
        return ExitCode.Unknown;
    }

    private static string HowToSet(string environmentId) => $"Set it with: companion lease {environmentId} --for 2h";
}
