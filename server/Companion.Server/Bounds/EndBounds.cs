using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Leases;

namespace Companion.Server.Bounds;

/// <summary>
/// The bounds of setting or clearing an end. An earlier end is allowed for each connection that may be ended, and a later one only for a connection
/// with a reservation, as far as a connect could have asked for it.
/// </summary>
/// <param name="end">The requested end, or null for none.</param>
internal sealed class EndBounds(ClientBounds client, Limits limits, EnvironmentKey key, DateTimeOffset? end) : ILeaseBounds
{
    private Reservation? _own;

    /// <inheritdoc/>
    public DateTimeOffset? LatestMove { get; private set; }

    /// <inheritdoc/>
    public BoundRefusal TooLate => client.Messages.End(limits, client.NameOf(key), end);

    /// <inheritdoc/>
    public BoundRefusal? Check(EnvironmentInfo now)
    {
        client.Book.Read(); // another process may have made the reservation
        _own = client.Book.Own(now, client.Actor);
        if (_own is null && limits.MayEndOthers == false)
            return client.RefuseOthers(key, now);
        LatestMove = limits switch
        {
            { MayExtend: false } => DateTimeOffset.MinValue,
            { RequireEnd: true } when _own is null => DateTimeOffset.MinValue, // its hours aren't counted
            { Longest: { } longest } => _own!.From + longest,
            _ => null,
        };
        if (end is not { } until)
            return LatestMove is null && !limits.RequireEnd ? null : TooLate;
        return until > now.Lease?.Until && until > _own?.Until && !(until > LatestMove) ? Extend(_own, until) : null;
    }

    /// <inheritdoc/>
    public void Done(EnvironmentInfo environment)
    {
        if (_own is not null && end is { } until)
            client.Book.Shorten(_own, until);
    }

    private BoundRefusal? Extend(Reservation own, DateTimeOffset until)
    {
        var (refusal, reason) = client.Book.Extend(own, until, (others, moved) => client.RefuseHours(others, moved, limits));
        return refusal ?? (reason is null ? null : client.Messages.NotReserved(reason));
    }
}
