using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// <c>stateSince</c> is the time of a response that showed the current state, within a minute of a read that showed another state.
/// </summary>
internal sealed class Since(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "since";

    /// <inheritdoc/>
    public override void Answered(SimCall call)
    {
        if (call.Environment is { } told)
            Check(call.Process, told, call.ToString());
        foreach (var listed in call.Environments)
            Check(call.Process, listed, call.ToString());
    }

    /// <inheritdoc/>
    public override void Told(SimProcess process, EnvironmentChangedParams changed)
    {
        if (changed.Environment is { } told)
            Check(process, told, "a notification");
    }

    private void Check(SimProcess process, EnvironmentInfo told, string where)
    {
        if (told.StateSince is not { } since)
            return;
        World.Statistics.Count("since", told.State);
        var key = new Key(told.AccountId, told.EnvironmentId);
        var firsts = process.Descriptions.FindAll(x => x.WasUnderWayAt(since) && x.Of(key)?.IsToldBy(told) == true);
        if (!firsts.Exists(first => process.Descriptions.Exists(other => IsJustBefore(other, first) && other.Of(key) is { } before && before.State != told.State)))
            Fail($"{where} says that {told.EnvironmentId} is {told.State} since {since:HH:mm:ss.fff}, when nobody saw it get there");
    }

    private static bool IsJustBefore(Exchange other, Exchange first) =>
        other.SentMonotonic <= first.SentMonotonic && first.EndedMonotonic - other.SentMonotonic <= Rules.SeenWithin.Ticks;
}
