using System.Globalization;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Leases;

namespace Companion.Server.Bounds;

/// <summary>The bounds of one connect, from its request until it's over.</summary>
internal sealed class ConnectBounds(ClientBounds client, ConnectParams request, TimeProvider time) : IChangeBounds
{
    private EnvironmentKey? _key;
    private int? _ranksPerNode;
    private Reservation? _reserved;
    private bool _mayEndOthers;

    private int Ranks => request.Connection.NumRanks ?? 1;

    // An end at a fixed time comes closer while the connect waits for room.
    private DateTimeOffset LatestStart => request.WaitForCapacity switch
    {
        { DurationSeconds: { } seconds } => time.GetUtcNow() + TimeSpan.FromSeconds(seconds),
        { Until: { } until } => until,
        _ => time.GetUtcNow(),
    };

    /// <summary>Checks what depends only on the request.</summary>
    /// <exception cref="MethodException">It's refused.</exception>
    public void CheckRequest(Limits limits) => ThrowIf(RefuseRequest(limits, LatestStart));

    /// <summary>Checks what depends on the environment, the node pool, and what's in use, so that what's refused is refused early.</summary>
    /// <exception cref="MethodException">It's refused, or something can't be read.</exception>
    public async Task PrepareAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        _key = key;
        if (client.ReadLimits() is not { } limits)
            return;
        var isWaiting = request.WaitForCapacity is not null; // then it counts what's in use later, and reads the environment on its own
        if (!isWaiting)
            ThrowIf(RefuseAmong(client.Book.Read(), NewReservation(), limits));
        if (Ranks > limits.MaxNodes) // otherwise they fit, even with one rank on each node
            _ranksPerNode = await client.RanksPerNodeAsync(key.AccountId, request.Connection.NodePoolId, cancellationToken).ConfigureAwait(false);
        ThrowIf(RefuseNodes(limits));
        if (!isWaiting)
            await client.ReadAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Reserve()
    {
        _reserved = null;
        if (client.ReadLimits() is not { } limits)
            return;
        ThrowIf(RefuseRequest(limits, time.GetUtcNow()) ?? RefuseNodes(limits));
        var added = NewReservation();
        var (refusal, reason) = client.Book.Add(added, all => RefuseAmong(all, added, limits));
        ThrowIf(refusal ?? (reason is null ? null : client.Messages.NotReserved(reason)));
        (_reserved, _mayEndOthers) = (added, limits.MayEndOthers != false);
    }

    /// <inheritdoc/>
    public BoundRefusal? Check(EnvironmentInfo now)
    {
        var isFree = now.State is EnvironmentStates.Disconnected or EnvironmentStates.Disconnecting or EnvironmentStates.Creating or EnvironmentStates.Deleting;
        return isFree || _reserved is null || _mayEndOthers || client.Book.Own(now, client.Actor, except: _reserved) is not null
            ? null
            : client.RefuseOthers(_key!, now); // this would end another connection
    }

    /// <inheritdoc/>
    public void Done(EnvironmentInfo environment)
    {
        if (_reserved is not null && environment.State == EnvironmentStates.Connected)
            client.Book.Confirm(_reserved, environment);
    }

    /// <inheritdoc/>
    public void NotApplied(bool mayHaveBegun)
    {
        if (_reserved is null)
            return;
        if (mayHaveBegun)
            client.Book.End(_reserved);
        else
            client.Book.Remove(_reserved);
    }

    private Reservation NewReservation()
    {
        var now = time.GetUtcNow();
        var before = client.Last(_key!);
        var asked = new AskedEnd(Guid.NewGuid(), request.Connection, now)
        {
            Until = request.Lease?.Until,
            DurationSeconds = request.Lease?.DurationSeconds,
            StateBefore = before?.State,
            UpdateTimeBefore = before?.UpdateTime,
        };
        return new Reservation(client.Book.Gateway, _key!.AccountId, _key.EnvironmentId, client.Actor, asked, now, asked.Earliest);
    }

    private BoundRefusal? RefuseRequest(Limits limits, DateTimeOffset start)
    {
        if (limits.RequireEnd && request.Lease is null)
        {
            var most = limits.MaxHours is { } hours ? string.Create(CultureInfo.InvariantCulture, $", at most {hours} hours from now") : "";
            throw new MethodException(MethodException.InvalidParams, $"params.lease is missing; it must be an object with either until or durationSeconds{most}.");
        }

        if (limits.NodePools is { } allowed && !allowed.Contains(request.Connection.NodePoolId, StringComparer.Ordinal))
            return client.Messages.NodePool(allowed, request.Connection.NodePoolId);
        if (limits.MaxRanks is { } ranks && Ranks > ranks)
            return client.Messages.Ranks(ranks, Ranks);
        var asked = request.Lease switch
        {
            { DurationSeconds: { } seconds } => TimeSpan.FromSeconds(seconds),
            { Until: { } until } => until - start,
            _ => TimeSpan.Zero,
        };
        return asked > limits.Longest ? client.Messages.Hours(limits.MaxHours!.Value, asked) : null;
    }

    private BoundRefusal? RefuseNodes(Limits limits) => (limits.MaxNodes, _ranksPerNode) switch
    {
        (null, _) => null,
        ({ } most, _) when Ranks <= most => null,
        ({ } most, { } perNode) => Ranks > (long)most * perNode ? client.Messages.Nodes(most, Ranks, perNode) : null,
        ({ } most, null) => limits.MaxRanks is null ? client.Messages.NodesUnknown(most, Ranks, request.Connection.NodePoolId) : null,
    };

    private BoundRefusal? RefuseAmong(IReadOnlyList<Reservation> all, Reservation added, Limits limits) =>
        limits.MaxEnvironments is { } most && ReservationRules.Others(all, added) is var others && others.Count >= most
            ? client.Messages.Environments(most, others)
            : client.RefuseHours(all, added, limits);

    private static void ThrowIf(BoundRefusal? refusal)
    {
        if (refusal is not null)
            throw ErrorMessages.Bounded(refusal);
    }
}
