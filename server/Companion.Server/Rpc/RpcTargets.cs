using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Logging;
using Companion.Server.Sessions;
using Companion.Server.Storage;

namespace Companion.Server.Rpc;

/// <summary>All methods of the protocol: those of the session, and those that concern the process.</summary>
internal sealed class RpcTargets(
    IClient client,
    Func<ServerSettings, SessionMemory> remember,
    Func<ServerSettings, SessionMemory, GatewaySession> open,
    Func<FoundValue?> environmentBaseUrl,
    SupportMethods support,
    Lifecycle lifecycle,
    ServerProcess process,
    Action<string> setTrace) : ServerMethods(client, remember, open, environmentBaseUrl), ICompanionServer
{
    /// <inheritdoc/>
    public Task<InitializeResult> InitializeAsync(InitializeParams request, CancellationToken cancellationToken)
    {
        process.OnInitializing(request);
        var result = Initialize(request);
        lifecycle.Open();
        process.OnInitialized(request);
        return Task.FromResult(result);
    }

    /// <inheritdoc/>
    public Task<Empty> ClearUsageAsync(CancellationToken cancellationToken) => Task.FromResult(ClearUsage());

    /// <inheritdoc/>
    public Task<Empty> SignOutAsync(CancellationToken cancellationToken) => Task.FromResult(SignOut());

    /// <inheritdoc/>
    public Task<Diagnosis> DiagnoseAsync(DiagnoseParams request, CancellationToken cancellationToken) =>
        support.DiagnoseAsync(Settings, () => Session, request, cancellationToken);

    /// <inheritdoc/>
    public Task<ReportInfo> GetReportAsync(CancellationToken cancellationToken) => Task.FromResult(support.GetReport(Settings));

    /// <inheritdoc/>
    public void SetTrace(SetTraceParams request) => setTrace(request.Value);

    /// <inheritdoc/>
    public Task ShutdownAsync(CancellationToken cancellationToken)
    {
        lifecycle.ShutDown();
        ShutDown();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Exit() => lifecycle.Exit();
}
