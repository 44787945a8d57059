using System.Globalization;
using Companion.Protocol;
using Companion.Sandbox;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// What a caller is reported of a change is what the gateway's history shows. Provable is this much:
/// <list type="bullet">
/// <item>A success describes the environment as asked (or, where only acceptance was waited for, the change accepted or the
/// environment on its way), by an answer to a question that was asked after the change's own request was over.</item>
/// <item><c>applied</c>: the same, or for a disconnect that there is no such environment any more.</item>
/// <item><c>notApplied</c>: no request of the call is still waited for; none has an effect that is under way or in force; and none
/// takes effect within <see cref="Rules.SettleWindow"/> after its ambiguous end. A later effect nobody can exclude: it is counted.</item>
/// <item><c>unknown</c>: only where the caller left or signed out, the last question before it was not answered, the gateway wants to be
/// asked less, or the environment is at rest in another way than requested.</item>
/// </list>
/// </summary>
internal sealed class Outcome(SimWorld world) : Invariant(world)
{
    private const int DeadlineExceeded = 4;
    private const int NotFound = 5;
    private const int RequestCancelled = -32800;
    private const int Unauthenticated = 16;

    private readonly Dictionary<(SimProcess Process, Key Key), Exchange> _lastQuestion = [];

    /// <inheritdoc/>
    public override string Name => "outcome";

    /// <inheritdoc/>
    public override void Ended(Exchange x)
    {
        if (x.Target.Call == GatewayMethod.GetEnvironment)
            _lastQuestion[(x.Process, x.Target.Key)] = x;
    }

    /// <inheritdoc/>
    public override void Answered(SimCall call)
    {
        if (call.Action is not ChangeAction action || call.Defect is not null)
            return;
        if (call.Succeeded)
            CheckSuccess(call, action);
        else if (call.Outcome == Outcomes.Applied)
            CheckApplied(call, action);
        else if (call.Outcome == Outcomes.NotApplied)
            CheckNotApplied(call);
        else if (call.Outcome == Outcomes.Unknown)
            CheckUnknown(call);
        else if (call.CancelledAt is null)
            Fail($"{call} failed without an outcome");
    }

    /// <inheritdoc/>
    public override void Arrived(Exchange x)
    {
        if (x is not { Effect: { } effect, Call: { AnsweredAt: not null, Outcome: Outcomes.NotApplied } call })
            return;
        if (!IsExcused(call, x, effect))
            Fail($"{call} was said not to have been applied, and took effect {Seconds(Now - (x.EndedAt ?? Now))} after its answer was lost");
    }

    private void CheckSuccess(SimCall call, ChangeAction action)
    {
        var reported = call.Environment!;
        var isAccepted = call.Sent.Exists(static x => x.Effect is not null);
        if (!IsAsAsked(action, reported) && !(isAccepted && IsAsAskedButFor(action, reported)) && !(action.Wait == Wait.Accepted && (isAccepted || IsUnderWay(action, reported))))
            Fail($"{call} succeeded, but the environment is {reported.State}");
        else if (!isAccepted && !IsAsAsked(action, reported))
            World.Statistics.Count("credited", "with another's change that is under way");
        if (call.Sent is [.., var last] && (last.EndedAt is not { } over || Truth.SourceOf(call.Process, reported)?.SentAt < over))
            Fail($"{call} succeeded by an answer from before its own request was over");
    }

    private void CheckApplied(SimCall call, ChangeAction action)
    {
        var isGone = World.Gateway.Look(KeyOf(call)).Now is null or { State: "DELETING" } || Gone.IsConfirmed(call.Process, KeyOf(call));
        if (!(call.Environment is { } reported && IsAsAsked(action, reported)) && !(action is DisconnectAction && isGone))
            Fail($"{call} was said to be applied, and the environment is {call.Environment?.State ?? "there"}");
    }

    private void CheckNotApplied(SimCall call)
    {
        foreach (var x in call.Sent)
        {
            if (x.EndedAt is null)
                Fail($"{call} was said not to have been applied while it was still on its way");
            else if (call.ErrorCode == NotFound && Gone.IsConfirmed(call.Process, x.Target.Key))
                World.Statistics.Count("gone", "and there all the same");
            else if (x.Effect is { } effect && World.Gateway.Look(x.Target.Key).FateOf(effect) is Fate.UnderWay or Fate.Succeeded
                && !IsExcused(call, x, effect))
                Fail($"{call} was said not to have been applied, and was {Seconds(Now - effect.At)} ago");
        }
    }

    // An effect that came too late to wait for, and after the last read.
    private bool IsExcused(SimCall call, Exchange x, Effect effect)
    {
        var look = call.Environment is { } reported ? Truth.SourceOf(call.Process, reported) : null;
        var behind = look?.ArrivedAt - look?.AsOf ?? 0; // a late effect combined with an outdated replica
        if (x.EndedAt is not { } ended || effect.At - ended + behind < Rules.SettleWindow.Ticks || effect.At < look?.AsOf)
            return false;
        World.Statistics.Count("late effect after notApplied", x.Fault.Type.ToString());
        return true;
    }

    private void CheckUnknown(SimCall call)
    {
        if (call.ErrorCode is RequestCancelled or DeadlineExceeded or Unauthenticated || call.Process.SignedOutAt >= call.StartedAt)
            return;
        if (call.Process.AnnouncedRateLimit.HasShownLimit || call.Process.AnnouncedRateLimit.NotBefore > World.Machine.Monotonic)
            return;
        if (_lastQuestion.GetValueOrDefault((call.Process, KeyOf(call))) is not { IsAnsweredTruly: true, Described.Count: > 0 } || call.Sent.Count == 0)
            return;
        if (call.Environment is { State: EnvironmentStates.Connected or EnvironmentStates.Disconnected } reported && !IsAsAsked((ChangeAction)call.Action, reported))
            World.Statistics.Count("unknown", $"{call.Action.Name}, and it is {reported.State}");
        else
            Fail($"the outcome of {call} was said to be unknown, although the gateway answers");
    }

    private static Key KeyOf(SimCall call) =>
        call.Sent is [var x, ..] ? x.Target.Key : new Key(SandboxData.MainAccountId, call.EnvironmentId!);

    private static bool IsAsAsked(ChangeAction action, EnvironmentInfo reported) => action switch
    {
        ConnectAction connect => reported.State == EnvironmentStates.Connected && reported.Connection?.NodePoolId == connect.NodePoolId
            && (reported.Connection.NumRanks ?? 1) == (connect.Ranks ?? 1) && reported.Differences is null,
        _ => reported.State == EnvironmentStates.Disconnected,
    };

    // With the differences.
    private static bool IsAsAskedButFor(ChangeAction action, EnvironmentInfo reported) =>
        action is ConnectAction connect && reported.State == EnvironmentStates.Connected
        && (reported.Connection is not { } there || there.NodePoolId == connect.NodePoolId)
        && reported.Differences?.SingleOrDefault()?.Actual == ReportedRanks(connect, reported);

    private static string? ReportedRanks(ConnectAction asked, EnvironmentInfo reported) =>
        reported.Connection?.NumRanks is { } ranks && ranks != (asked.Ranks ?? 1) ? ranks.ToString(CultureInfo.InvariantCulture) : null;

    private static bool IsUnderWay(ChangeAction action, EnvironmentInfo reported) => action is ConnectAction
        ? reported.State is EnvironmentStates.Connecting or EnvironmentStates.Reconnecting
        : reported.State is EnvironmentStates.Disconnecting or EnvironmentStates.Deleting;
}
