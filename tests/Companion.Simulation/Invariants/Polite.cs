using Companion.Server.Pacing;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>
/// Background reads are sent at a moderate rate, not before a Retry-After has passed, and, once the account has shown its limit, only
/// within that limit. Reads and changes that a client has just requested may still be sent at once.
/// </summary>
internal sealed class Polite(SimWorld world) : Invariant(world)
{
    private readonly Dictionary<(SimProcess Process, Key Key), Looks> _looks = [];
    private readonly Dictionary<(SimProcess Process, string AccountId), ShownLimit> _limits = [];

    /// <inheritdoc/>
    public override string Name => "polite";

    /// <inheritdoc/>
    public override void Called(SimCall call)
    {
        if (call.Action is not (ChangeAction or WatchAction or SetLeaseAction))
            return;
        foreach (var (key, looks) in _looks)
        {
            if (key.Process == call.Process)
                (looks.NotBefore, looks.Wishes) = (call.Action is SetLeaseAction ? looks.NotBefore : 0, looks.Wishes + 1);
        }
    }

    /// <inheritdoc/>
    public override void Sent(Exchange x)
    {
        CheckLimit(x);
        if (!IsByItself(x))
            return;
        var looks = Of(x);
        if (x.SentMonotonic < looks.NotBefore)
            Fail($"request {x.Number} about {x.Target.EnvironmentId} is sent {Seconds(looks.NotBefore - x.SentMonotonic)} before the gateway's Retry-After is over");
        while (looks.LastMinute.TryPeek(out var at) && at <= x.SentMonotonic - TimeSpan.TicksPerMinute)
            looks.LastMinute.Dequeue();
        if (looks.LastMinute.Count == 0)
            looks.Wishes = 0;
        if (!looks.IsPaced) // otherwise the gateway itself has specified the time
            looks.LastMinute.Enqueue(x.SentMonotonic);
        looks.IsPaced = false;
        CheckBurst(x, looks);
        if (looks.LastMinute.Count > Rules.MostLooksPerMinute * (looks.Wishes + 1))
            Fail($"{looks.LastMinute.Count} looks at {x.Target.EnvironmentId} within a minute");
    }

    /// <inheritdoc/>
    public override void Ended(Exchange x)
    {
        if (x.Status == 429 && x.Target.AccountId.Length > 0 && (!x.Target.IsChange || x.RetryAfter is not null)) // otherwise it's about capacity
            LimitOf(x).Until = World.Machine.Monotonic + RequestRateLimiter.LimitLasts.Ticks;
        if (x.RetryAfter is { } wait && (IsByItself(x) || x.Target.IsChange))
        {
            var looks = Of(x);
            looks.NotBefore = Math.Max(looks.NotBefore, World.Machine.Monotonic + wait.Ticks);
            looks.IsPaced = wait > TimeSpan.Zero;
        }
    }

    private void CheckBurst(Exchange x, Looks looks)
    {
        while (looks.LastSecond.TryPeek(out var at) && at <= x.SentMonotonic - TimeSpan.TicksPerSecond)
            looks.LastSecond.Dequeue();
        looks.LastSecond.Enqueue(x.SentMonotonic);
        if (looks.LastSecond.Count > Rules.MostLooksPerSecond + looks.Wishes)
            Fail($"{looks.LastSecond.Count} looks at {x.Target.EnvironmentId} within a second");
    }

    // All reads of one environment or of the watched ones, except those that a client requests explicitly. A connect that waits for room first
    // reads the environment as it is then.
    private static bool IsByItself(Exchange x) =>
        x.Target.Call is GatewayMethod.GetEnvironment or GatewayMethod.ListEnvironments && x.Call is not ({ Action: GetAction or ListAction or SetLeaseAction } or { RoomLimit: not null, Sent.Count: 0 });

    private Looks Of(Exchange x)
    {
        var key = (x.Process, x.Target.Key);
        if (!_looks.TryGetValue(key, out var looks))
            _looks.Add(key, looks = new Looks());
        return looks;
    }

    // Only requests sent while the limit was known count.
    private void CheckLimit(Exchange x)
    {
        var limit = LimitOf(x);
        if (x.SentMonotonic >= limit.Until)
        {
            limit.LastMinute.Clear();
            return;
        }

        while (limit.LastMinute.TryPeek(out var at) && at <= x.SentMonotonic - TimeSpan.TicksPerMinute)
            limit.LastMinute.Dequeue();
        limit.LastMinute.Enqueue(x.SentMonotonic);
        if (limit.LastMinute.Count > Rules.MostRequestsPerMinuteWhenLimited)
            Fail($"{limit.LastMinute.Count} requests within a minute, although the account {x.Target.AccountId} has shown its limit");
    }

    private ShownLimit LimitOf(Exchange x)
    {
        var key = (x.Process, x.Target.AccountId);
        if (!_limits.TryGetValue(key, out var limit))
            _limits.Add(key, limit = new ShownLimit());
        return limit;
    }

    private sealed class ShownLimit
    {
        public Queue<long> LastMinute { get; } = new();

        public long Until { get; set; }
    }

    private sealed class Looks
    {
        public Queue<long> LastMinute { get; } = new();

        public Queue<long> LastSecond { get; } = new();

        public long NotBefore { get; set; }

        public bool IsPaced { get; set; }

        public int Wishes { get; set; }
    }
}
