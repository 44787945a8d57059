using System.Globalization;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Apart from the ends of leases: no change is sent that no one requested, none after its call is answered, and none twice. Sending it again is allowed if all of this is
/// true: the earlier requests are over and had no effect; the last one was never sent, or got UNAVAILABLE (503), or RESOURCE_EXHAUSTED
/// (429) with a Retry-After; that Retry-After has passed; the caller's time limit hasn't; and no one else changed the environment between
/// the first request and the last read before this one. A connect that waits for room may also be sent again some time after there was no
/// capacity.
/// </summary>
internal sealed class NoDoubleSend(SimWorld world) : Invariant(world)
{
    /// <inheritdoc/>
    public override string Name => "no-double-send";

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        if (!x.Target.IsChange || x.IsByLease)
            return;
        if (x.Call is not { } call)
            Fail($"request {x.Number}, a {x.Target.Call} of {x.Target.EnvironmentId}, was not requested by any call");
        else if (call.AnsweredAt is { } answered)
            Fail($"{call} was answered {Seconds(Now - answered)} ago, and is sent now");
        else if (call.Sent.Count > 0 && WhyNotAgain(x, call) is { } reason)
            Fail($"{call} is sent again, although {reason}");
        else if (call.Sent.Count > 0)
            World.Statistics.Count("sent again", call.Sent[^1].Fault.Name);
    }

    /// <inheritdoc/>
    public override void Carried(Exchange x)
    {
        if (x.Call is not { Action: ConnectAction asked } call || x.Target.Call != GatewayMethod.Connect)
            return;
        var ranks = asked.Ranks is { } n ? string.Create(CultureInfo.InvariantCulture, $",\"numRanks\":{n}") : "";
        var expected = $$"""{"connection":{"nodePoolId":"{{asked.NodePoolId}}"{{ranks}}},"vscodeVersion":"{{call.VscodeVersion}}"}""";
        if (x.Body != expected)
            Fail($"{call} asked for {expected}, and {x.Body} was sent");
    }

    /// <inheritdoc/>
    public override void Arrived(Exchange x)
    {
        if (x is { Effect: not null, Call: { } call } && call.Sent.Exists(other => other != x && other.Effect is not null && !HadNoCapacity(other)))
            Fail($"{call} took effect twice");
    }

    private string? WhyNotAgain(Exchange again, SimCall call)
    {
        var last = call.Sent[^1];
        if (call.Sent.Exists(static x => x.EndedAt is null))
            return "it is still on its way";
        if (call.Sent.Exists(x => x.Effect is not null && !HadNoCapacity(x)))
            return "it has taken effect";
        if (call.RoomLimit is not null && (last.Status == 429 || HadNoCapacity(last)))
            return again.SentMonotonic - last.EndedMonotonic < Rules.PauseAfterNoCapacity.Ticks && last.RetryAfter is null ? "there was no capacity just now" : null;
        if (!NeverLeft(last) && !MayBeRetried(last))
            return $"it ended with {Answer(last)}, which does not allow it";
        if (last.RetryAfter is { } wait && again.SentMonotonic - last.EndedMonotonic < wait.Ticks)
            return $"the gateway asked to wait {wait.TotalSeconds} s";
        if (World.Machine.Monotonic - call.StartedMonotonic > AlwaysEnds.TimeoutOf(call).Ticks)
            return "the caller's time is up";
        var look = again.Process.Descriptions.FindLast(
            x => x.Described.Any(described => described.Key == again.Target.Key) && x.SentAt >= last.EndedAt);
        if (look is null)
            return "the environment's state was not read";
        return World.Gateway.Look(again.Target.Key).ChangedByAnother(call, call.Sent[0].SentAt, look.AsOf!.Value)
            ? "someone else has changed the environment since"
            : null;
    }

    // It was accepted, and then failed.
    private bool HadNoCapacity(Exchange x) =>
        x is { Call.RoomLimit: not null, Effect: { } effect } && World.Gateway.Look(x.Target.Key).FateOf(effect) is Fate.Failed or Fate.Superseded;

    private static bool NeverLeft(Exchange x) => NetworkFailures.BeforeSending(x.Fault.Type) is not null;

    private static bool MayBeRetried(Exchange x) => x.Status == 503 || (x.Status == 429 && x.RetryAfter is not null);

    private static string Answer(Exchange x) => x.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"HTTP {status}") : "no answer";
}
