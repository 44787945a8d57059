using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Everything that a client is reported about an environment, in a result, an error, or a notification, comes from a complete response of the
/// gateway to this server. <c>observedAt</c> is between the request and the response on the machine's wall clock. A notification never
/// comes from an earlier read than the one before.
/// </summary>
internal sealed class Truth(SimWorld world) : Invariant(world)
{
    private readonly Dictionary<(SimProcess Process, Key Key), long> _newest = [];

    /// <inheritdoc/>
    public override string Name => "truth";

    /// <summary>The last response that may be the source of what a client was reported.</summary>
    public static Exchange? SourceOf(SimProcess process, EnvironmentInfo reported) => process.Descriptions.FindLast(x => IsSource(process, x, reported));

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
        if (changed.Environment is not { } reported)
            return;
        if (!Check(process, reported, "a notification"))
            return;
        var key = (process, new Key(reported.AccountId, reported.EnvironmentId));
        var newest = _newest.GetValueOrDefault(key);
        var sources = process.Descriptions.FindAll(x => IsSource(process, x, reported)); // which of them it was can't be determined
        if (sources.Max(static x => x.SentMonotonic) < newest)
            Fail($"a notification about {reported.EnvironmentId} comes from an earlier read than the one before");
        _newest[key] = Math.Max(newest, sources.Min(static x => x.SentMonotonic));
    }

    private bool Check(SimProcess process, EnvironmentInfo reported, string where)
    {
        if (SourceOf(process, reported) is not null)
            return true;
        Fail($"{where} reports that {reported.EnvironmentId} was {reported.State} at {reported.ObservedAt:HH:mm:ss.fff}, but the gateway did not report that then");
        return false;
    }

    private static bool IsSource(SimProcess process, Exchange x, EnvironmentInfo reported)
    {
        var key = new Key(reported.AccountId, reported.EnvironmentId);
        return x.WasUnderWayAt(reported.ObservedAt) && x.Of(key) is { } said
            && (said.IsReportedBy(reported) || process.Descriptions.Exists(other => other.Of(key) is { } known && said.IsReportedWith(reported, known)));
    }
}
