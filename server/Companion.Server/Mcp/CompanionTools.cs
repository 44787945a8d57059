using Companion.Protocol;
using Companion.Protocol.Tools;
using Companion.Server.InProcess;

namespace Companion.Server.Mcp;

/// <summary>The tools, as calls of the server's methods.</summary>
internal sealed class CompanionTools(IServerCalls server, TimeProvider time) : ICompanionTools
{
    /// <inheritdoc/>
    public Task<ListEnvironmentsResult> ListEnvironmentsAsync(NoArguments arguments, CancellationToken cancellationToken) =>
        server.CallAsync(s => s.ListEnvironmentsAsync(new ListEnvironmentsParams(), cancellationToken));

    /// <inheritdoc/>
    public Task<ListNodePoolsResult> ListNodePoolsAsync(NoArguments arguments, CancellationToken cancellationToken) =>
        NodePoolList.ReadAsync(server, accountId: null, cancellationToken);

    /// <inheritdoc/>
    public Task<EnvironmentInfo> GetEnvironmentAsync(EnvironmentArguments arguments, CancellationToken cancellationToken) =>
        server.CallAsync(s => s.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = arguments.EnvironmentId }, cancellationToken));

    /// <inheritdoc/>
    public async Task<EnvironmentInfo> ConnectEnvironmentAsync(
        ConnectEnvironmentArguments arguments, Action<WorkDoneProgress> onProgress, CancellationToken cancellationToken)
    {
        var end = EndOf(arguments);
        var connection = new ConnectionParams { NodePoolId = arguments.NodePoolId, NumRanks = arguments.NumRanks, Role = arguments.Role };
        var plan = await PlanAsync(arguments.EnvironmentId, connection, cancellationToken).ConfigureAwait(false);
        if (plan.NextStep == PlanSteps.Nothing) // a connect would interrupt what runs in it, such as after a response that the agent didn't get
            return await WithEndAsync(plan.Environment, end, cancellationToken).ConfigureAwait(false);
        var request = new ConnectParams { EnvironmentId = arguments.EnvironmentId, Connection = connection, Lease = end };
        var connected = await server.ChangeAsync(
            (s, token) => s.ConnectAsync(request with { WorkDoneToken = token }, cancellationToken), onProgress).ConfigureAwait(false);
        return await KeepBySystemAsync(connected, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<EnvironmentInfo> DisconnectEnvironmentAsync(
        EnvironmentArguments arguments, Action<WorkDoneProgress> onProgress, CancellationToken cancellationToken)
    {
        var request = new DisconnectParams { EnvironmentId = arguments.EnvironmentId };
        return server.ChangeAsync((s, token) => s.DisconnectAsync(request with { WorkDoneToken = token }, cancellationToken), onProgress);
    }

    /// <inheritdoc/>
    public Task<EnvironmentInfo> SetLeaseAsync(SetLeaseArguments arguments, CancellationToken cancellationToken) =>
        SetEndAsync(arguments.EnvironmentId, EndOf(arguments), cancellationToken);

    /// <inheritdoc/>
    public Task<UsageInfo> GetUsageAsync(UsageArguments arguments, CancellationToken cancellationToken)
    {
        var request = new GetUsageParams
        {
            Since = arguments.SinceDays is { } days ? time.GetUtcNow() - TimeSpan.FromDays(days) : null,
            GroupBy = arguments.GroupBy ?? [UsageDimensions.Environment, UsageDimensions.NodePool],
        };
        return server.CallAsync(s => s.GetUsageAsync(request, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<Diagnosis> DiagnoseAsync(DiagnoseArguments arguments, CancellationToken cancellationToken) =>
        server.CallAsync(s => s.DiagnoseAsync(new DiagnoseParams { EnvironmentId = arguments.EnvironmentId }, cancellationToken));

    private static LeaseParams EndOf(EndArguments arguments) => (arguments.DurationSeconds, arguments.Until) switch
    {
        (null, null) => throw new ToolArgumentException(
            "The end of the connection is missing: give durationSeconds, an integer from 60 to 31536000, or until, a time in RFC 3339 with an offset."),
        (not null, not null) => throw new ToolArgumentException("Give either durationSeconds or until, not both."),
        _ => new LeaseParams { DurationSeconds = arguments.DurationSeconds, Until = arguments.Until },
    };

    // If it fails, nothing was sent.
    private async Task<ConnectPlan> PlanAsync(string environmentId, ConnectionParams connection, CancellationToken cancellationToken)
    {
        var request = new PlanConnectParams { EnvironmentId = environmentId, Connection = connection };
        try
        {
            return await server.CallAsync(s => s.PlanConnectAsync(request, cancellationToken)).ConfigureAwait(false);
        }
        catch (ServerException e) when (e.Details is { Outcome: null } details)
        {
            throw new ServerException(e.Code, e.Message, details with { Outcome = Outcomes.NotApplied });
        }
    }

    /// <summary>Sets the end of a connection that was there before, unless it has one.</summary>
    private async Task<EnvironmentInfo> WithEndAsync(EnvironmentInfo connected, LeaseParams end, CancellationToken cancellationToken)
    {
        if (connected.Lease is not null)
            return connected;
        try
        {
            return await SetEndAsync(connected.EnvironmentId, end, cancellationToken).ConfigureAwait(false);
        }
        catch (ServerException e) when (e.Details is { } details)
        {
            throw new ServerException(
                e.Code,
                $"{connected.EnvironmentId} was already connected like this, and stays connected. Its end wasn't set: {e.Message}",
                details with { Environment = details.Environment ?? connected });
        }
    }

    private async Task<EnvironmentInfo> SetEndAsync(string environmentId, LeaseParams end, CancellationToken cancellationToken)
    {
        var request = new SetLeaseParams { EnvironmentId = environmentId, Lease = end };
        var environment = await server.CallAsync(s => s.SetLeaseAsync(request, cancellationToken)).ConfigureAwait(false);
        return await KeepBySystemAsync(environment, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lets the operating system keep the end, too, because an agent's program ends before the connection does. Not every system can.</summary>
    /// <returns>The environment, whose <c>keptBy</c> says what keeps its end.</returns>
    private async Task<EnvironmentInfo> KeepBySystemAsync(EnvironmentInfo environment, CancellationToken cancellationToken)
    {
        if (environment.Lease is not { } lease || lease.KeptBy.Contains(LeaseKeepers.System, StringComparer.Ordinal))
            return environment;
        var request = new SetLeaseParams
        {
            EnvironmentId = environment.EnvironmentId,
            AccountId = environment.AccountId,
            Lease = new LeaseParams { Until = lease.Until },
            BySystem = true,
        };
        try
        {
            var kept = await server.CallAsync(s => s.SetLeaseAsync(request, cancellationToken)).ConfigureAwait(false);
            return environment with { Lease = kept.Lease };
        }
        catch (Exception e) when (e is ServerException or OperationCanceledException)
        {
            return environment;
        }
    }
}
