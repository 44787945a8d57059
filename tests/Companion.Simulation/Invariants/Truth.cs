using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Everything that a client is told about an environment, in a result, an error, or a notification, comes from a complete response of the
/// gateway to this server. <c>observedAt</c> is between the request and the response on the machine's wall clock. A notification never
/// comes from an earlier read than the one before.
/// </summary>
internal sealed class Truth(SimWorld world) : Invariant(world)
{
    private readonly Dictionary<(SimProcess Process, Key Key), long> _newest = [];

    /// <inheritdoc/>
    public override string Name => "truth";

    /// <summary>The last response that may be the source of what a client was told.</summary>
    public static Exchange? SourceOf(SimProcess process, EnvironmentInfo told) => process.Descriptions.FindLast(x => IsSource(process, x, told));

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
        if (changed.Environment is not { } told)
            return;
        if (!Check(process, told, "a notification"))
            return;
        var key = (process, new Key(told.AccountId, told.EnvironmentId));
        var newest = _newest.GetValueOrDefault(key);
        var sources = process.Descriptions.FindAll(x => IsSource(process, x, told)); // which of them it was can't be determined
        if (sources.Max(static x => x.SentMonotonic) < newest)
            Fail($"news of {told.EnvironmentId} answers an earlier question than the news before");
        _newest[key] = Math.Max(newest, sources.Min(static x => x.SentMonotonic));
    }

    private bool Check(SimProcess process, EnvironmentInfo told, string where)
    {
        if (SourceOf(process, told) is not null)
            return true;
        Fail($"{where} says that {told.EnvironmentId} was {told.State} at {told.ObservedAt:HH:mm:ss.fff}, which the gateway did not say then");
        return false;
    }

    private static bool IsSource(SimProcess process, Exchange x, EnvironmentInfo told)
    {
        var key = new Key(told.AccountId, told.EnvironmentId);
        return x.WasUnderWayAt(told.ObservedAt) && x.Of(key) is { } said
            && (said.IsToldBy(told) || process.Descriptions.Exists(other => other.Of(key) is { } known && said.IsToldWith(told, known)));
    }
}
