using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Errors;
using Companion.Server.Language;

namespace Companion.Server.Diagnosing;

/// <summary>Checks everything that requires the API key, from the key itself to the capacity.</summary>
internal sealed class GatewaySteps(StepList steps, GatewayUrl url, IGateway gateway, AccountSession accounts, ErrorMessages errors)
{
    private Phrases Phrases => steps.Phrases;

    /// <summary>Adds the steps from the key to the capacity.</summary>
    public async Task RunAsync(DiagnoseParams request, CancellationToken cancellationToken)
    {
        await KeyAsync(cancellationToken).ConfigureAwait(false);
        if (steps.HasFailed)
        {
            steps.SkipRest(DiagnosisSteps.Account, DiagnosisSteps.Suspension);
            SkipResources();
            return;
        }

        var accountId = await AccountAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        if (accountId is null || steps.HasFailed)
            SkipResources();
        else
            await ResourcesAsync(request, accountId, cancellationToken).ConfigureAwait(false);
    }

    private void SkipResources() => steps.SkipRest(DiagnosisSteps.Environment, DiagnosisSteps.NodePool, DiagnosisSteps.Capacity);

    private async Task KeyAsync(CancellationToken cancellationToken)
    {
        steps.Begin();
        if (accounts.KeyOrigin is not { } origin)
        {
            if (accounts.Refusal is { } refusal)
                steps.Fail(DiagnosisSteps.Key, Phrases.SignInKeyRejected(url.ToString(), refusal.HttpStatus ?? 0), StepFixes.SignIn, refusal.GatewayMessage);
            else
                steps.Fail(DiagnosisSteps.Key, accounts.MissingKey, StepFixes.SignIn);
            return;
        }

        try
        {
            await gateway.VerifyApiKeyAsync(cancellationToken).ConfigureAwait(false);
            steps.Ok(DiagnosisSteps.Key, Phrases.KeyFromAccepted(origin));
        }
        catch (GatewayException e) when (e.Kind == FaultKind.ErrorResponse && e.Code is GoogleRpcCode.Unauthenticated or GoogleRpcCode.PermissionDenied)
        {
            steps.Fail(DiagnosisSteps.Key, Phrases.KeyFromRejected(origin), StepFixes.SignIn, e.GatewayMessage);
        }
        catch (GatewayException e) when (e.IsRouteMissing)
        {
            steps.Warn(DiagnosisSteps.Key, Phrases.CannotCheckKey, detail: e.GatewayMessage);
        }
        catch (GatewayException e)
        {
            Fail(DiagnosisSteps.Key, e);
        }
    }

    private async Task<string?> AccountAsync(string? asked, CancellationToken cancellationToken)
    {
        try
        {
            var id = await accounts.AccountIdAsync(asked, cancellationToken).ConfigureAwait(false);
            var account = await gateway.GetAccountAsync(id, cancellationToken).ConfigureAwait(false);
            steps.Ok(DiagnosisSteps.Account, Phrases.ReachesAccount(id));
            Suspension(account.SuspendState);
            return id;
        }
        catch (MethodException e)
        {
            steps.Fail(DiagnosisSteps.Account, e.Message, StepFixes.OpenSettings, e.ErrorData?.GatewayMessage);
        }
        catch (GatewayException e) when (e.HttpStatus == 412)
        {
            steps.Ok(DiagnosisSteps.Account, Phrases.ReachesItsAccount);
            steps.Fail(DiagnosisSteps.Suspension, Phrases.Suspended(""), StepFixes.OpenBilling, e.GatewayMessage);
            return null;
        }
        catch (GatewayException e)
        {
            Fail(DiagnosisSteps.Account, e, StepFixes.OpenSettings);
        }

        steps.SkipRest(DiagnosisSteps.Suspension);
        return null;
    }

    private void Suspension(string? state)
    {
        if (state is null or "UNSUSPENDED")
            steps.Ok(DiagnosisSteps.Suspension, Phrases.NotSuspended);
        else
            steps.Fail(DiagnosisSteps.Suspension, Phrases.Suspended($" ({state})"), StepFixes.OpenBilling);
    }

    private async Task ResourcesAsync(DiagnoseParams request, string accountId, CancellationToken cancellationToken)
    {
        var environment = request.EnvironmentId is { } id ? await EnvironmentAsync(accountId, id, cancellationToken).ConfigureAwait(false) : null;
        if (request.EnvironmentId is null)
            steps.Skip(DiagnosisSteps.Environment, Phrases.NoEnvironmentSelected);
        if (steps.HasFailed)
        {
            steps.SkipRest(DiagnosisSteps.NodePool, DiagnosisSteps.Capacity);
            return;
        }

        var poolId = request.NodePoolId ?? (environment?.Connection?.NodePoolId is { Length: > 0 } last ? last : null);
        if (poolId is null)
        {
            steps.Skip(DiagnosisSteps.NodePool, Phrases.NoNodePoolSelected);
            steps.Skip(DiagnosisSteps.Capacity, Phrases.NoNodePoolSelected);
            return;
        }

        if (await NodePoolAsync(accountId, poolId, cancellationToken).ConfigureAwait(false) is not { } pool)
        {
            steps.SkipRest(DiagnosisSteps.Capacity);
            return;
        }

        var isThere = environment is { State: EnvironmentStates.Connected } && environment.Connection?.NodePoolId == poolId;
        await CapacityAsync(accountId, pool, request.NumRanks ?? environment?.Connection?.NumRanks ?? 1, isThere, cancellationToken).ConfigureAwait(false);
    }

    private async Task<GatewayEnvironment?> EnvironmentAsync(string accountId, string id, CancellationToken cancellationToken)
    {
        try
        {
            var environment = await gateway.GetEnvironmentAsync(accountId, id, cancellationToken).ConfigureAwait(false);
            if (environment.Status is { } status && status.Code != GoogleRpcCode.Ok)
                steps.Warn(DiagnosisSteps.Environment, Phrases.StateAfterFailure(id, environment.State, GoogleRpcCodes.Name(status.Code)), detail: status.Message);
            else
                steps.Ok(DiagnosisSteps.Environment, Phrases.StateOfEnvironment(id, environment.State));
            return environment;
        }
        catch (GatewayException e) when (e.Code == GoogleRpcCode.NotFound && e.Kind == FaultKind.ErrorResponse)
        {
            steps.Fail(
                DiagnosisSteps.Environment, Phrases.NoSuchEnvironment(accountId, id),
                StepFixes.SelectEnvironment, e.GatewayMessage);
        }
        catch (GatewayException e)
        {
            Fail(DiagnosisSteps.Environment, e, StepFixes.SelectEnvironment);
        }

        return null;
    }

    private async Task<GatewayNodePool?> NodePoolAsync(string accountId, string id, CancellationToken cancellationToken)
    {
        try
        {
            var pool = await gateway.GetNodePoolAsync(accountId, id, cancellationToken).ConfigureAwait(false);
            if (pool.State == GatewayStates.Ready)
            {
                steps.Ok(DiagnosisSteps.NodePool, Phrases.NodePoolReady(id));
                return pool;
            }

            steps.Fail(DiagnosisSteps.NodePool, Phrases.NodePoolNotReady(id, pool.State), StepFixes.Connect, pool.Status?.Message);
        }
        catch (GatewayException e) when (e.Code == GoogleRpcCode.NotFound && e.Kind == FaultKind.ErrorResponse)
        {
            steps.Fail(DiagnosisSteps.NodePool, Phrases.NoSuchNodePool(accountId, id), StepFixes.Connect, e.GatewayMessage);
        }
        catch (GatewayException e)
        {
            Fail(DiagnosisSteps.NodePool, e, StepFixes.Connect);
        }

        return null;
    }

    private async Task CapacityAsync(string accountId, GatewayNodePool pool, int wanted, bool isThere, CancellationToken cancellationToken)
    {
        const string Id = DiagnosisSteps.Capacity;
        GatewayNodePoolStats? stats;
        try
        {
            stats = pool.NodePoolStats ?? await gateway.GetNodePoolStatsAsync(accountId, pool.NodePoolId, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            steps.Warn(Id, Phrases.CapacityUnknown(pool.NodePoolId), detail: e.GatewayMessage ?? e.Message);
            return;
        }

        if (NodePoolCapacity.Of(pool.MaxNodeCount, stats) is not var (free, ceiling))
            steps.Warn(Id, Phrases.CapacityUnknown(pool.NodePoolId));
        else if (isThere)
            steps.Ok(Id, Phrases.AlreadyRunning(pool.NodePoolId, free));
        else if (ceiling < wanted)
            steps.Fail(Id, Phrases.NotEnoughCapacity(pool.NodePoolId, wanted, free, ceiling), StepFixes.Connect);
        else if (free < wanted)
            steps.Warn(Id, Phrases.MustScaleUp(pool.NodePoolId, wanted, free, ceiling), StepFixes.Connect);
        else
            steps.Ok(Id, Phrases.HasCapacity(pool.NodePoolId, wanted, free));
    }

    private void Fail(string id, GatewayException e, string? fix = null)
    {
        var failure = errors.Failure(e);
        steps.Fail(id, failure.Message, fix, e.GatewayMessage ?? e.Detail);
    }
}
