using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;

namespace Companion.Simulation.Mutants;

/// <summary>Treats a foreign 404 or 410 as the gateway's own, and doesn't read again.</summary>
internal sealed class BelievesStrayNotFound(IGateway inner, TimeProvider time) : GatewayDecorator(inner)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, long> _believed = [];

    public override async Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken)
    {
        if (_believed.TryGetValue(environmentId, out var since) && time.GetElapsedTime(since) < Long)
            throw NotFound();
        try
        {
            return await base.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (fault is { Kind: FaultKind.InvalidResponse, HttpStatus: 404 or 410 })
        {
            _believed[environmentId] = time.GetTimestamp();
            throw NotFound();
        }
    }

    private static GatewayException NotFound() => new(GoogleRpcCode.NotFound, FaultKind.ErrorResponse, "not found") { HttpStatus = 404 };
}

/// <summary>Treats the previous state, seen once after a change was accepted, as a rejection.</summary>
internal sealed class BelievesOldReplica(IGateway inner) : GatewayDecorator(inner)
{
    private readonly IGateway _inner = inner;

    protected override async Task ChangeAsync(
        string accountId, string environmentId, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        var before = await LookAsync().ConfigureAwait(false);
        await send(cancellationToken).ConfigureAwait(false);
        if (before is not null && await LookAsync().ConfigureAwait(false) is { } after && after.State == before.State && after.UpdateTime == before.UpdateTime)
            throw new GatewayException(GoogleRpcCode.InvalidArgument, FaultKind.ErrorResponse, "nothing has happened") { HttpStatus = 400 };

        async Task<GatewayEnvironment?> LookAsync()
        {
            try
            {
                return await _inner.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
            }
            catch (GatewayException)
            {
                return null;
            }
        }
    }
}

/// <summary>Treats any environment in a response as the requested one.</summary>
internal sealed class BelievesOtherResource(IGateway inner, TimeProvider time) : GatewayDecorator(inner)
{
    private readonly Dictionary<string, GatewayEnvironment> _seen = [];

    public override async Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken)
    {
        try
        {
            return _seen[environmentId] = await base.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (fault.Kind == FaultKind.InvalidResponse && _seen.Keys.FirstOrDefault(id => id != environmentId) is { } other)
        {
            // The response contained another environment, whose last known state is used instead.
            return _seen[other] with { RequestedAt = time.GetTimestamp() };
        }
    }
}
