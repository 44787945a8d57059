namespace Companion.Simulation.Schedules;

/// <summary>Generates faults.</summary>
internal sealed class FaultGenerator(SimRandom random)
{
    /// <summary>The faults of a change's requests: usually one, sometimes several in a row, sometimes none.</summary>
    public IReadOnlyList<Fault> ForChange() => random.PickWeighted<int>([(45, 0), (40, 1), (10, 2), (5, 3)]) switch
    {
        0 => [],
        1 when random.Chance(1) => [new(FaultType.EndlessBody)], // rarely, because it takes long to read
        1 => [One()],
        2 => [One(), One()],
        _ => [One(), One(), One()],
    };

    /// <summary>A fault of any kind.</summary>
    public Fault One() => random.PickWeighted<Func<Fault>>(
    [
        (5, () => new(FaultType.DnsGone)),
        (5, () => new(FaultType.ConnectionRefused)),
        (3, () => new(FaultType.ConnectTimeout)),
        (2, () => new(FaultType.TlsFailure)),
        (1, () => new(FaultType.ProxyRefused)),
        (6, () => new(FaultType.ResetBeforeEffect)),
        (8, () => new(FaultType.ResetAfterEffect)),
        (5, () => new(FaultType.ResetAndDeliveredLate, DelayMs: Late())),
        (4, () => new(FaultType.Swallowed)),
        (5, () => new(FaultType.NeverAnswered)),
        (4, () => new(FaultType.DeliveredLate, DelayMs: Late())),
        (2, () => new(FaultType.BrokenHttp)),
        (5, () => new(FaultType.SlowAnswer, DelayMs: random.Pick(1_000, 10_000, 29_000, 31_000, 59_500, 70_000))),
        (24, () => StatusOf(FaultType.Status, random.PickWeighted<int>(
            [(1, 401), (1, 403), (2, 408), (2, 409), (2, 412), (8, 429), (3, 500), (3, 502), (8, 503), (3, 504), (3, 404), (2, 410)]))),
        (16, () => StatusOf(FaultType.StatusAfterEffect, random.Pick(404, 408, 409, 410, 500, 502, 503, 503, 504, 504))),
        (3, () => StatusOf(FaultType.StatusAndDeliveredLate, random.Pick(408, 502, 504)) with { DelayMs = Late() }),
        (4, () => new(FaultType.OwnNotFound)),
        (10, () => new(FaultType.OldReplica, DelayMs: random.Pick(200, 1_000, 4_000, 12_000))),
        (2, () => new(FaultType.EchoFullName)),
        (4, () => new(FaultType.EchoMoreRanks)),
        (3, () => new(FaultType.EchoLeftOut)),
        (3, () => new(FaultType.EchoNoConnection)),
        (4, () => new(FaultType.OtherResource)),
        (3, () => new(FaultType.NoResource)),
        (2, () => new(FaultType.CaptivePortal)),
        (1, () => new(FaultType.Redirect)),
        (3, () => new(FaultType.EmptyBody)),
        (3, () => new(FaultType.CutBody)),
        (2, () => new(FaultType.HugeBody)),
        (2, () => new(FaultType.StalledBody)),
    ])();

    private Fault StatusOf(FaultType type, int status)
    {
        var fault = new Fault(type, status);
        if (status is not (429 or 503) || random.Chance(30))
            return fault;
        var form = random.PickWeighted<RetryAfterForm>(
        [
            (6, RetryAfterForm.Seconds), (2, RetryAfterForm.Date), (2, RetryAfterForm.DateAlone), (2, RetryAfterForm.Milliseconds),
            (1, RetryAfterForm.Negative), (1, RetryAfterForm.Past), (1, RetryAfterForm.Absurd), (1, RetryAfterForm.Nonsense),
        ]);
        var ms = form is RetryAfterForm.Seconds or RetryAfterForm.Date or RetryAfterForm.DateAlone or RetryAfterForm.Milliseconds
            ? random.Pick(0, 1_000, 2_000, 5_000, 12_000, 45_000, 90_000, 600_000)
            : 0;
        return fault with { RetryAfter = form, RetryAfterMs = ms };
    }

    private int Late() => random.Pick(500, 2_000, 4_000, 8_000, 12_000, 20_000, 45_000, 90_000, 300_000);
}
