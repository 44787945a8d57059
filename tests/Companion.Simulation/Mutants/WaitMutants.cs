using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Simulation.World;

namespace Companion.Simulation.Mutants;

/// <summary>Waits five minutes longer for room.</summary>
internal sealed class WaitsLonger(ISimServer inner) : ServerDecorator(inner)
{
    private const int More = 300;

    public override Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken) => base.ConnectAsync(
        request.WaitForCapacity is { } wait
            ? request with { WaitForCapacity = wait with { Until = wait.Until?.AddSeconds(More), DurationSeconds = wait.DurationSeconds + More } }
            : request,
        cancellationToken);
}

/// <summary>Connects a minute after the waiting has ended, whatever has ended it.</summary>
internal sealed class ConnectsAnyway(ISimServer inner, TimeProvider time) : ServerDecorator(inner)
{
    public override async Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.ConnectAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (MethodException e) when (e.Code is (int)GoogleRpcCode.ResourceExhausted or (int)GoogleRpcCode.Aborted && request.WaitForCapacity is not null)
        {
            await Task.Delay(TimeSpan.FromMinutes(1), time, cancellationToken).ConfigureAwait(false);
            return await base.ConnectAsync(request with { WaitForCapacity = null }, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Reports that no node pool has room, so that the waiting lasts.</summary>
internal sealed class HasNoRoom(IGateway inner) : GatewayDecorator(inner)
{
    public override async Task<GatewayNodePoolStats> GetNodePoolStatsAsync(string accountId, string nodePoolId, CancellationToken cancellationToken) =>
        await base.GetNodePoolStatsAsync(accountId, nodePoolId, cancellationToken).ConfigureAwait(false) with { NodeCount = 0 };
}
