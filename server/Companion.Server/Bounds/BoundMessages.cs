using System.Globalization;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Language;

namespace Companion.Server.Bounds;

/// <summary>Says which bound refuses something, its value, what was asked for, and that only a person can change it.</summary>
/// <param name="file">The path of the file with the bounds.</param>
internal sealed class BoundMessages(Phrases phrases, string file)
{
    public BoundRefusal NodePool(IReadOnlyList<string> allowed, string asked) => Refusal(
        BoundNames.NodePools, phrases.NodePoolNotAllowed(BoundNames.NodePools, allowed.Count == 0 ? phrases.NoNodePool : string.Join(", ", allowed), asked));

    public BoundRefusal Ranks(int most, int asked) => Exceeded(BoundNames.MaxRanks, Text(most), Text(asked));

    public BoundRefusal Nodes(int most, int ranks, int perNode) => Exceeded(
        BoundNames.MaxNodes, Text(most), phrases.RanksOnNodes(Text((ranks + (long)perNode - 1) / perNode), Text(ranks), Text(perNode)));

    public BoundRefusal NodesUnknown(int most, int ranks, string nodePool) =>
        Refusal(BoundNames.MaxNodes, phrases.NodesUnknown(BoundNames.MaxNodes, Text(most), nodePool, Text(ranks)));

    public BoundRefusal Hours(decimal most, TimeSpan asked) => Exceeded(BoundNames.MaxHours, Text(most), Text((decimal)asked.Ticks / TimeSpan.TicksPerHour));

    public BoundRefusal RankHours(decimal most, decimal asked, DateTime day) => Exceeded(
        BoundNames.MaxRankHoursPerDay, Text(most), phrases.HoursOnDay(Text(asked), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));

    public BoundRefusal Environments(int most, IReadOnlyList<EnvironmentKey> inUse) => inUse.Count == 0
        ? Exceeded(BoundNames.MaxEnvironments, Text(most), Text(1))
        : Refusal(
            BoundNames.MaxEnvironments,
            phrases.EnvironmentsInUse(BoundNames.MaxEnvironments, Text(most), string.Join(", ", inUse.Select(static key => key.EnvironmentId))));

    public BoundRefusal NotOwn(string environment) =>
        Refusal(BoundNames.MayEndOthers, phrases.NotOwnConnection(BoundNames.MayEndOthers, Text(false), environment));

    /// <summary>The end may not be moved to a later time, or not to one this late.</summary>
    /// <param name="end">Null to clear it.</param>
    public BoundRefusal End(Limits limits, string environment, DateTimeOffset? end)
    {
        var (bound, limit) = limits switch
        {
            { MayExtend: false } => (BoundNames.MayExtend, Text(false)),
            { MaxHours: { } hours } => (BoundNames.MaxHours, Text(hours)),
            _ => (BoundNames.MaxRankHoursPerDay, Text(limits.MaxRankHoursPerDay ?? 0)),
        };
        return Refusal(bound, end is { } time
            ? phrases.EndNotMoved(bound, limit, environment, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            : phrases.EndNotCleared(bound, limit, environment));
    }

    /// <summary>Something that the file can't allow either.</summary>
    public BoundRefusal OnlyForPeople(string what) => new(BoundNames.Actor, $"{phrases.OnlyForPeople(what)} {phrases.NothingWasSent}");

    public BoundRefusal FileNotRead(string reason) => new(BoundNames.BoundsFile, $"{phrases.BoundsNotRead(reason)} {phrases.NothingWasSent}");

    public BoundRefusal NotReserved(string reason) => new(BoundNames.Reservations, $"{phrases.ReservationNotStored(reason)} {phrases.NothingWasSent}");

    /// <summary>There's a connect in progress that can't be anyone's to replace.</summary>
    public BoundRefusal Connecting(string environment) => new(Bound: null, $"{phrases.AlreadyConnecting(environment)} {phrases.NothingWasSent}");

    /// <summary>There's no connection to end.</summary>
    public BoundRefusal NotConnected(string environment) => new(Bound: null, $"{phrases.NotConnected(environment)} {phrases.NothingWasSent}");

    private BoundRefusal Exceeded(string bound, string limit, string asked) => Refusal(bound, phrases.BoundExceeded(bound, limit, asked));

    private BoundRefusal Refusal(string bound, string why) => new(bound, $"{why} {phrases.ChangedOnlyByPerson(file)} {phrases.NothingWasSent}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Rounded up, so that what exceeds a bound never looks as if it didn't.
    private static string Text(decimal number) => (Math.Ceiling(number * 100) / 100).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Text(bool value) => value ? "true" : "false";
}
