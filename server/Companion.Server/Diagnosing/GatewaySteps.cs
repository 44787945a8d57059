using System.Globalization;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Errors;

namespace Companion.Server.Diagnosing;

/// <summary>Asks the gateway, with the key, for everything from the key to the capacity.</summary>
/// <param name="steps">Takes the steps.</param>
/// <param name="gateway">The gateway as the key in use sees it.</param>
/// <param name="accounts">Who is signed in.</param>
/// <param name="advice">Words for what the gateway answers.</param>
internal sealed class GatewaySteps(StepList steps, IGateway gateway, AccountSession accounts, Advice advice)
{
    /// <summary>Tells every step from the key to the capacity.</summary>
    /// <param name="request">What to look at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TellAsync(DiagnoseParams request, CancellationToken cancellationToken)
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
            steps.Fail(DiagnosisSteps.Key, "There is no API key: sign in, or set FIREWORKS_API_KEY and restart the server.", StepFixes.SignIn);
            return;
        }

        try
        {
            await gateway.VerifyApiKeyAsync(cancellationToken).ConfigureAwait(false);
            steps.Ok(DiagnosisSteps.Key, $"The gateway accepts the API key ({origin}).");
        }
        catch (GatewayException e) when (e.Kind == FaultKind.Answered && e.Code is GoogleRpcCode.Unauthenticated or GoogleRpcCode.PermissionDenied)
        {
            steps.Fail(DiagnosisSteps.Key, $"The gateway does not accept the API key ({origin}): sign in with a valid one.", StepFixes.SignIn, e.GatewayMessage);
        }
        catch (GatewayException e) when (e.Kind == FaultKind.Answered && e.Code is GoogleRpcCode.NotFound or GoogleRpcCode.Unimplemented)
        {
            steps.Warn(DiagnosisSteps.Key, "This gateway has no way to check a key alone: the next steps tell.", detail: e.GatewayMessage);
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
            steps.Ok(DiagnosisSteps.Account, $"The key reaches account {id}.");
            Suspension(account.SuspendState);
            return id;
        }
        catch (MethodException e)
        {
            steps.Fail(DiagnosisSteps.Account, e.Message, StepFixes.OpenSettings, e.ErrorData?.GatewayMessage);
        }
        catch (GatewayException e) when (e.HttpStatus == 412)
        {
            steps.Ok(DiagnosisSteps.Account, "The key reaches its account.");
            steps.Fail(DiagnosisSteps.Suspension, "The account is suspended: see the vendor's billing page.", StepFixes.OpenBilling, e.GatewayMessage);
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
            steps.Ok(DiagnosisSteps.Suspension, "The account is not suspended.");
        else
            steps.Fail(DiagnosisSteps.Suspension, $"The account is suspended ({state}): see the vendor's billing page.", StepFixes.OpenBilling);
    }

    private async Task ResourcesAsync(DiagnoseParams request, string accountId, CancellationToken cancellationToken)
    {
        var environment = request.EnvironmentId is { } id ? await EnvironmentAsync(accountId, id, cancellationToken).ConfigureAwait(false) : null;
        if (request.EnvironmentId is null)
            steps.Skip(DiagnosisSteps.Environment, "No environment is chosen.");
        if (steps.HasFailed)
        {
            steps.SkipRest(DiagnosisSteps.NodePool, DiagnosisSteps.Capacity);
            return;
        }

        var poolId = request.NodePoolId ?? (environment?.Connection?.NodePoolId is { Length: > 0 } last ? last : null);
        if (poolId is null)
        {
            steps.Skip(DiagnosisSteps.NodePool, "No node pool is chosen.");
            steps.Skip(DiagnosisSteps.Capacity, "No node pool is chosen.");
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
                steps.Warn(DiagnosisSteps.Environment, $"{id} is {environment.State}; its last change failed ({GoogleRpcCodes.Name(status.Code)}).", detail: status.Message);
            else
                steps.Ok(DiagnosisSteps.Environment, $"{id} is {environment.State}.");
            return environment;
        }
        catch (GatewayException e) when (e.Code == GoogleRpcCode.NotFound && e.Kind == FaultKind.Answered)
        {
            steps.Fail(
                DiagnosisSteps.Environment, $"Account {accountId} has no environment {id}, or its gateway offers none to it: choose one from the list.",
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
            if (pool.State is "READY" or GatewayStates.Unspecified)
            {
                steps.Ok(DiagnosisSteps.NodePool, $"{id} is {pool.State}.");
                return pool;
            }

            steps.Fail(DiagnosisSteps.NodePool, $"{id} is {pool.State}: choose another node pool.", StepFixes.Connect, pool.Status?.Message);
        }
        catch (GatewayException e) when (e.Code == GoogleRpcCode.NotFound && e.Kind == FaultKind.Answered)
        {
            steps.Fail(DiagnosisSteps.NodePool, $"Account {accountId} has no node pool {id}: choose one from the list.", StepFixes.Connect, e.GatewayMessage);
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
            steps.Warn(Id, $"The gateway does not say how full {pool.NodePoolId} is.", detail: e.GatewayMessage ?? e.Message);
            return;
        }

        if (NodePoolCapacity.Of(pool, stats) is not var (free, ceiling))
            steps.Warn(Id, $"The gateway does not say how full {pool.NodePoolId} is.");
        else if (isThere)
            steps.Ok(Id, $"The environment has its ranks on {pool.NodePoolId}; {Count(free)} more are free.");
        else if (ceiling < wanted)
            steps.Fail(Id, $"{pool.NodePoolId} has no room: {Count(wanted)} wanted, {Count(free)} free, and no more than {Count(ceiling)} even if it grows. Choose another node pool, or fewer ranks.", StepFixes.Connect);
        else if (free < wanted)
            steps.Warn(Id, $"{pool.NodePoolId} has to grow first: {Count(wanted)} wanted, {Count(free)} free, {Count(ceiling)} if it grows. That may take minutes, or fail where the cloud has no machines.", StepFixes.Connect);
        else
            steps.Ok(Id, $"{pool.NodePoolId} has room: {Count(wanted)} wanted, {Count(free)} free.");
    }

    private static string Count(int ranks) => string.Create(CultureInfo.InvariantCulture, $"{ranks} {(ranks == 1 ? "rank" : "ranks")}");

    private void Fail(string id, GatewayException e, string? fix = null)
    {
        var failure = advice.Failure(e);
        steps.Fail(id, failure.Message, fix, e.GatewayMessage ?? e.Detail);
    }
}
