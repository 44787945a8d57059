using Companion.Gateway;

namespace Companion.Simulation.Mutants;

/// <summary>Sends a change again after some faults.</summary>
/// <param name="inner">The gateway.</param>
/// <param name="after">Which faults.</param>
/// <param name="before">What is done before it is sent again.</param>
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

/// <summary>Takes <c>{}</c> for connected: the next look after a connect that was accepted is not taken.</summary>
/// <param name="inner">The gateway.</param>
/// <param name="time">The clock.</param>
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
                AskedAt = time.GetTimestamp(), // else it would pass for old news, which nobody hears
                Connection = new GatewayEnvironmentConnection { NodePoolId = asked.NodePoolId, NumRanks = asked.NumRanks },
            })
            : base.GetEnvironmentAsync(accountId, environmentId, cancellationToken);
}

/// <summary>Gives an old answer as a new one for a while.</summary>
/// <param name="inner">The gateway.</param>
/// <param name="time">The clock.</param>
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

/// <summary>Does not hear how long the gateway asks to wait.</summary>
/// <param name="inner">The gateway.</param>
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

/// <summary>Asks many times where once would do.</summary>
/// <param name="inner">The gateway.</param>
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
