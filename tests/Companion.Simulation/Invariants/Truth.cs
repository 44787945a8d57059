using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Whatever a client is told of an environment, in a result, an error or a notification, the gateway said in an answer that reached
/// this very server whole; and <c>observedAt</c> lies between the question and the answer by the machine's wall clock.
/// </summary>
/// <param name="world">Where it must hold.</param>
internal sealed class Truth(SimWorld world) : Invariant(world)
{
    private readonly Dictionary<(SimProcess Process, Key Key), long> _newest = [];

    /// <inheritdoc/>
    public override string Name => "truth";

    /// <summary>The answer in which the gateway said what a client is told.</summary>
    public static Exchange? SourceOf(SimProcess process, EnvironmentInfo told)
    {
        var key = new Key(told.AccountId, told.EnvironmentId);
        return process.Descriptions.FindLast(x =>
            IsWithin(told.ObservedAt, x.SentWall, x.EndedWall)
            && x.Described.Any(described => described.Key == key && described.Snapshot?.IsToldBy(told) == true));
    }

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
        if (Check(process, told, "a notification") is not { } source)
            return;
        var key = (process, new Key(told.AccountId, told.EnvironmentId));
        if (source.ArrivedAt < _newest.GetValueOrDefault(key))
            World.Statistics.Count("news", "older than the news before");
        else
            _newest[key] = source.ArrivedAt!.Value;
    }

    private Exchange? Check(SimProcess process, EnvironmentInfo told, string where)
    {
        var source = SourceOf(process, told);
        if (source is null)
            Fail($"{where} says that {told.EnvironmentId} was {told.State} at {told.ObservedAt:HH:mm:ss.fff}, which the gateway did not say then");
        return source;
    }

    // The wall clock may have jumped in between, either way.
    private static bool IsWithin(DateTimeOffset observed, DateTimeOffset sent, DateTimeOffset ended) =>
        sent <= ended ? observed >= sent && observed <= ended : observed >= ended && observed <= sent;
}
