using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;

namespace Companion.Simulation.Mutants;

/// <summary>Sends a change again after some faults.</summary>
internal sealed class SendsAgain(
    IGateway inner, Func<GatewayException, bool> after, Func<IGateway, string, string, GatewayException, Task>? before = null)
    : GatewayDecorator(inner)
{
    private readonly IGateway _inner = inner;

    protected override async Task ChangeAsync(
        string accountId, string environmentId, Func<CancellationToken, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            await send(cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (after(fault))
        {
            if (before is not null)
                await before(_inner, accountId, environmentId, fault).ConfigureAwait(false);
            await send(cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>Treats <c>{}</c> as connected, and skips the next read after an accepted connect.</summary>
internal sealed class ClaimsConnected(IGateway inner, TimeProvider time) : GatewayDecorator(inner)
{
    private readonly Dictionary<string, GatewayRequestedConnection> _accepted = [];

    public override async Task ConnectEnvironmentAsync(
        string accountId, string environmentId, GatewayConnectEnvironmentBody body, CancellationToken cancellationToken)
    {
        await base.ConnectEnvironmentAsync(accountId, environmentId, body, cancellationToken).ConfigureAwait(false);
        _accepted[environmentId] = body.Connection;
    }

    public override Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken) =>
        _accepted.Remove(environmentId, out var asked)
            ? Task.FromResult(new GatewayEnvironment
            {
                Name = environmentId,
                State = GatewayStates.Connected,
                RequestedAt = time.GetTimestamp(), // otherwise it would count as an outdated state, which isn't published
                Connection = new GatewayEnvironmentConnection { NodePoolId = asked.NodePoolId, NumRanks = asked.NumRanks },
            })
            : base.GetEnvironmentAsync(accountId, environmentId, cancellationToken);
}

/// <summary>Returns an old response as a new one for a while.</summary>
internal sealed class AnswersFromMemory(IGateway inner, TimeProvider time) : GatewayDecorator(inner)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, (long At, GatewayEnvironment Environment)> _known = [];

    public override async Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(environmentId, out var known) && time.GetElapsedTime(known.At) < Fresh)
            return known.Environment;
        var environment = await base.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
        _known[environmentId] = (time.GetTimestamp(), environment);
        return environment;
    }
}

/// <summary>Ignores Retry-After.</summary>
internal sealed class IgnoresRetryAfter(IGateway inner) : GatewayDecorator(inner)
{
    public override async Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken)
    {
        try
        {
            return await base.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault)
        {
            throw new GatewayException(fault.Code, fault.Kind, fault.Message)
            {
                NotSentReason = fault.NotSentReason,
                Call = fault.Call,
                HttpStatus = fault.HttpStatus,
            };
        }
    }
}

/// <summary>Sends many requests where one would be enough.</summary>
internal sealed class AsksTooOften(IGateway inner) : GatewayDecorator(inner)
{
    private const int Times = 15;

    public override async Task<GatewayEnvironment> GetEnvironmentAsync(
        string accountId, string environmentId, CancellationToken cancellationToken)
    {
        for (var i = 1; i < Times; i++)
            await base.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
        return await base.GetEnvironmentAsync(accountId, environmentId, cancellationToken).ConfigureAwait(false);
    }
}
