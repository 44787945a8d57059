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
        if (call.Environment is { } reported)
            Check(call.Process, reported, call.ToString());
        foreach (var listed in call.Environments)
            Check(call.Process, listed, call.ToString());
    }

    /// <inheritdoc/>
    public override void Notified(SimProcess process, EnvironmentChangedParams changed)
    {
        if (changed.Environment is { } reported)
            Check(process, reported, "a notification");
    }

    private void Check(SimProcess process, EnvironmentInfo reported, string where)
    {
        if (reported.StateSince is not { } since)
            return;
        World.Statistics.Count("since", reported.State);
        var key = new Key(reported.AccountId, reported.EnvironmentId);
        var firsts = process.Descriptions.FindAll(x => x.WasUnderWayAt(since) && x.Of(key)?.IsReportedBy(reported) == true);
        if (!firsts.Exists(first => process.Descriptions.Exists(other => IsJustBefore(other, first) && other.Of(key) is { } before && before.State != reported.State)))
            Fail($"{where} reports {reported.EnvironmentId} as {reported.State} since {since:HH:mm:ss.fff}, but that change was not observed");
    }

    private static bool IsJustBefore(Exchange other, Exchange first) =>
        other.SentMonotonic <= first.SentMonotonic && first.EndedMonotonic - other.SentMonotonic <= Rules.SeenWithin.Ticks;
}
