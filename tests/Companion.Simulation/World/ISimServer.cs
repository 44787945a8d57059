using Companion.Protocol;
using Companion.Server.Rpc;

namespace Companion.Simulation.World;

/// <summary>The server's methods as a client calls them. A mutant can wrap them.</summary>
internal interface ISimServer
{
    Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken);

    Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken);

    Task<EnvironmentInfo> SetLeaseAsync(SetLeaseParams request, CancellationToken cancellationToken);

    Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken);

    Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken);

    Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken);

    Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken);

    Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken);

    void SignOut();
}

/// <summary>The server itself.</summary>
internal sealed class RealServer(ServerMethods methods) : ISimServer
{
    public Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) =>
        methods.ConnectAsync(request, cancellationToken);

    public Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken) =>
        methods.DisconnectAsync(request, cancellationToken);

    public Task<EnvironmentInfo> SetLeaseAsync(SetLeaseParams request, CancellationToken cancellationToken) =>
        methods.SetLeaseAsync(request, cancellationToken);

    public Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken) =>
        methods.GetEnvironmentAsync(request, cancellationToken);

    public Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken) =>
        methods.ListEnvironmentsAsync(request, cancellationToken);

    public Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken) =>
        methods.ListNodePoolsAsync(request, cancellationToken);

    public Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken) =>
        methods.WatchEnvironmentsAsync(request, cancellationToken);

    public Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken) =>
        methods.SignInAsync(request, cancellationToken);

    public void SignOut() => methods.SignOut();
}
