using Companion.Protocol;

namespace Companion.Server.Rpc;

/// <summary>The protocol's methods, and what each means for the session's lifecycle.</summary>
internal sealed class RpcTargets(
    ServerMethods methods, SupportMethods support, Lifecycle lifecycle, ServerProcess process, Action<string> setTrace) : ICompanionServer
{
    /// <inheritdoc/>
    public Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellationToken)
    {
        process.OnInitializing(request);
        var result = methods.Initialize(request);
        lifecycle.Open();
        process.OnInitialized(request);
        return Task.FromResult(result);
    }

    /// <inheritdoc/>
    public void Initialized() => methods.Initialized();

    /// <inheritdoc/>
    public Task<ConnectPlan> PlanConnectAsync(PlanConnectParams request, CancellationToken cancellationToken) =>
        methods.PlanConnectAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        methods.ConnectAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken) =>
        methods.DisconnectAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken) =>
        methods.ListEnvironmentsAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken) =>
        methods.GetEnvironmentAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken) =>
        methods.ListNodePoolsAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ListRolesResult> ListRolesAsync(ListRolesParams request, CancellationToken cancellationToken) =>
        methods.ListRolesAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken) =>
        methods.WatchEnvironmentsAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken) =>
        methods.SignInAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<Empty> SignOutAsync(CancellationToken cancellationToken) => Task.FromResult(methods.SignOut());

    /// <inheritdoc/>
    public Task<AccountInfo?> GetAccountAsync(CancellationToken cancellationToken) => methods.GetAccountAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ListAccountsResult> ListAccountsAsync(ListAccountsParams request, CancellationToken cancellationToken) =>
        methods.ListAccountsAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<Diagnosis> DiagnoseAsync(DiagnoseParams request, CancellationToken cancellationToken) =>
        support.DiagnoseAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ReportInfo> GetReportAsync(CancellationToken cancellationToken) => Task.FromResult(support.GetReport());

    /// <inheritdoc/>
    public void SetTrace(SetTraceParams request) => setTrace(request.Value);

    /// <inheritdoc/>
    public Task ShutdownAsync(CancellationToken cancellationToken)
    {
        lifecycle.ShutDown();
        methods.ShutDown();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Exit() => lifecycle.Exit();
}
