using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>Once everything has settled, the last state that each watching client received is the gateway's.</summary>
internal sealed class Agree(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "agree";

    /// <summary>Whether every watching client has received a state from the gateway since a time.</summary>
    public static bool HaveAllHeardSince(SimWorld world, long since) => world.Clients.All(client =>
        client.Process is not { } process || client.Watched.All(key =>
            process.Descriptions.Exists(x => x.SentAt >= since && x.Describes(key)) || Gone.IsConfirmed(process, key, since)));

    /// <inheritdoc/>
    public override void AtRest()
    {
        foreach (var client in World.Clients)
        {
            if (client.Process is not { } process)
                continue;
            foreach (var key in client.Watched)
                Check(process, key);
        }
    }

    private void Check(SimProcess process, Key key)
    {
        World.Statistics.Count("at rest", "a client watches");
        var now = World.Gateway.Look(key).Now;
        var news = process.News.GetValueOrDefault(key);
        if (news is null)
            Fail($"client {process.Slot} watches {key.EnvironmentId}, but never got a notification");
        else if (now is null ? news.Environment is not null : news.Environment is not { } reported || !now.IsReportedBy(reported))
            Fail($"client {process.Slot} believes that {key.EnvironmentId} is {news.Environment?.State ?? "gone"}, and it is {now?.State ?? "gone"}");
        else if (now is not null && news.Problem is not null)
            Fail($"client {process.Slot} believes that the gateway does not answer for {key.EnvironmentId}");
    }
}
