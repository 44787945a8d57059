using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Leases;
using Companion.Server.Pacing;

namespace Companion.Server.Bounds;

/// <summary>
/// What the client of this session may do: a person everything, the command line what companion-bounds.json doesn't forbid, and an agent what that
/// file allows, or what's safe.
/// </summary>
/// <param name="actor">A value of <see cref="Actors"/>.</param>
/// <param name="gateway">Retries reads.</param>
internal sealed class ClientBounds(
    string actor, BoundsFile file, ReservationBook book, IGateway gateway, EnvironmentReader reader, EnvironmentChangePublisher publisher,
    ErrorMessages errors, TimeProvider time)
{
    /// <summary>A value of <see cref="Actors"/>.</summary>
    public string Actor => actor;

    public ReservationBook Book => book;

    public BoundMessages Messages { get; } = new(errors.Phrases, file.Path);

    /// <summary>The bounds of a connect, or null if there are none.</summary>
    /// <exception cref="MethodException">They refuse it, whatever the environment and what's in use.</exception>
    public ConnectBounds? ForConnect(ConnectParams request)
    {
        if (ReadLimits() is not { } limits)
            return null;
        if (request.AllowUnprotected == true)
            RefuseAgent("allowUnprotected");
        var bounds = new ConnectBounds(this, request, time);
        bounds.CheckRequest(limits);
        return bounds;
    }

    /// <summary>The bounds of a disconnect.</summary>
    /// <returns>Returns the bounds for an environment, or null if there are none.</returns>
    /// <exception cref="MethodException">They refuse it, whatever the environment.</exception>
    public Func<EnvironmentKey, IChangeBounds?> ForDisconnect(DisconnectParams request)
    {
        if (ReadLimits() is not { } limits)
            return static _ => null;
        if (request.Force == true)
            RefuseAgent("force");
        if (request.ResetSnapshots == true)
            RefuseAgent("resetSnapshots");
        return key => limits.MayEndOthers == false ? new DisconnectBounds(this, key) : null;
    }

    /// <summary>The bounds of setting or clearing an end, or null if there are none.</summary>
    /// <param name="end">The requested end, or null for none. Within bounds, it becomes a time.</param>
    public ILeaseBounds? ForLease(EnvironmentKey key, ref LeaseParams? end)
    {
        if (ReadLimits() is not { } limits)
            return null;
        if (end?.DurationSeconds is { } seconds)
            end = new LeaseParams { Until = time.GetUtcNow() + TimeSpan.FromSeconds(seconds) };
        return new EndBounds(this, limits, key, end?.Until);
    }

    /// <summary>Refuses what an agent may never do.</summary>
    /// <param name="what">A method or a member.</param>
    /// <exception cref="MethodException">The client is an agent.</exception>
    public void RefuseAgent(string what)
    {
        if (actor == Actors.Agent)
            throw ErrorMessages.Bounded(Messages.OnlyForPeople(what));
    }

    /// <summary>Reads the bounds, which a person may change at any time.</summary>
    /// <returns>Null if there are none.</returns>
    /// <exception cref="MethodException">They can't be read.</exception>
    public Limits? ReadLimits()
    {
        if (actor == Actors.Person)
            return null;
        var stated = file.Read(out var fault);
        if (fault is not null)
            throw ErrorMessages.Bounded(Messages.FileNotRead(fault));
        return actor == Actors.Agent ? (stated ?? new Limits()).ForAgent() : stated;
    }

    /// <summary>Why there aren't enough hours left, or null if there are.</summary>
    public BoundRefusal? RefuseHours(IReadOnlyList<Reservation> all, Reservation added, Limits limits) =>
        limits.MaxRankHoursPerDay is { } most && ReservationRules.Excess(all, added, most, time.GetUtcNow(), time.LocalTimeZone) is { } excess
            ? Messages.RankHours(most, excess.Hours, LocalDay.Of(excess.Day, time.LocalTimeZone))
            : null;

    /// <summary>Why nothing may be done with an environment that has no reservation, or may be another's.</summary>
    public BoundRefusal RefuseOthers(EnvironmentKey key, EnvironmentInfo now) => now.State switch
    {
        EnvironmentStates.Disconnected or EnvironmentStates.Creating or EnvironmentStates.Deleting => Messages.NotConnected(NameOf(key)),
        EnvironmentStates.Connecting or EnvironmentStates.Reconnecting => Messages.Connecting(NameOf(key)),
        _ => Messages.NotOwn(NameOf(key)),
    };

    /// <summary>The environment's name for people.</summary>
    public string NameOf(EnvironmentKey key) => publisher.NameOf(key);

    /// <summary>The environment as last read, or null.</summary>
    public EnvironmentInfo? Last(EnvironmentKey key) => publisher.Last(key);

    /// <summary>Reads an environment unless it's known. A reservation has what was there before, to tell whether a connection is its result.</summary>
    public Task ReadAsync(EnvironmentKey key, CancellationToken cancellationToken) =>
        Last(key) is not null ? Task.CompletedTask : errors.ReadBeforeChangeAsync(() => reader.GetAsync(key, cancellationToken), key);

    /// <summary>The number of ranks that fit on a node, or null if the gateway doesn't report it, or not to this key.</summary>
    public async Task<int?> RanksPerNodeAsync(string accountId, string nodePoolId, CancellationToken cancellationToken)
    {
        try
        {
            var stats = await gateway.GetNodePoolStatsAsync(accountId, nodePoolId, cancellationToken).ConfigureAwait(false);
            return ResourceMapper.Of(stats, maxNodeCount: null).RanksPerNode;
        }
        catch (GatewayException fault) when (!RetryRules.IsTemporary(fault) && fault.Code != GoogleRpcCode.Unauthenticated)
        {
            return null;
        }
    }
}
