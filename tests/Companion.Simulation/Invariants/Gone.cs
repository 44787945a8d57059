using Companion.Protocol;
using Companion.Sandbox;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// A client is reported that an environment no longer exists only if the gateway's own "not found" was confirmed by another one, sent some
/// seconds later, without a description of the environment in between.
/// </summary>
internal sealed class Gone(SimWorld world) : Invariant(world)
{
    private const int NotFound = 5;

    /// <inheritdoc/>
    public override string Name => "gone";

    /// <summary>Whether a server has confirmation that an environment no longer exists.</summary>
    public static bool IsConfirmed(SimProcess process, Key key, long since = 0) => process.NotFounds.Exists(second =>
        second.Target.Key == key && second.SentAt >= since && process.NotFounds.Exists(first =>
            first.Target.Key == key && first.EndedAt >= since
            && second.SentMonotonic - first.EndedMonotonic >= Rules.SecondLook.Ticks
            && !process.Descriptions.Exists(x => x.SentAt > first.SentAt && x.EndedAt < second.EndedAt && x.Describes(key))));

    /// <inheritdoc/>
    public override void Notified(SimProcess process, EnvironmentChangedParams changed)
    {
        if (changed is { Environment: null, Problem.Code: NotFound })
            Check(process, new Key(changed.AccountId, changed.EnvironmentId), "a notification");
    }

    /// <inheritdoc/>
    public override void Answered(SimCall call)
    {
        if (call is not { ErrorCode: NotFound, EnvironmentId: { } id, Action: GetAction or ChangeAction, Process.ChangedKey: false })
            return;
        var key = new Key(SandboxData.MainAccountId, id);
        var decided = call.Process.NotFounds.FindLast(x => x.SentAt >= call.StartedAt); // the account can be what isn't found
        var isAboutEnvironment = decided?.Target.Key == key;
        if (call.Outcome == Outcomes.Applied || (isAboutEnvironment && call.Sent.Count == 0))
            Check(call.Process, key, call.ToString());
    }

    private void Check(SimProcess process, Key key, string where)
    {
        if (IsConfirmed(process, key))
            World.Statistics.Count("gone", "confirmed");
        else
            Fail($"{where} says that {key.EnvironmentId} is gone, which the gateway did not confirm");
    }
}
