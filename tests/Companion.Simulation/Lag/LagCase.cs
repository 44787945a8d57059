namespace Companion.Simulation.Lag;

/// <summary>What is known of the account's limit of 10 requests a minute.</summary>
internal enum AccountLimit
{
    /// <summary>The account has none.</summary>
    None,

    /// <summary>The gateway has just refused a request for it.</summary>
    Known,

    /// <summary>The gateway has not refused any request yet.</summary>
    NotYetKnown,
}

/// <summary>Who waits, and what is known.</summary>
internal enum Waiting
{
    /// <summary>A call, and nothing is known about how long such a change takes.</summary>
    NothingLearned,

    /// <summary>A call, and it is known how long such a change usually takes.</summary>
    DurationLearned,

    /// <summary>A focused window that watches.</summary>
    Watching,
}

/// <summary>A change to follow.</summary>
/// <param name="Waiting">Who waits.</param>
/// <param name="Limit">What is known of the limit.</param>
/// <param name="Duration">How long it takes from its acceptance.</param>
/// <param name="Usual">How long such changes usually take.</param>
/// <param name="Seed">Of the jitter.</param>
internal sealed record LagCase(Waiting Waiting, AccountLimit Limit, TimeSpan Duration, TimeSpan Usual, ulong Seed)
{
    /// <summary>The time from a request to its answer.</summary>
    public static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    /// <summary>What was learned.</summary>
    public TimeSpan? Expected => Waiting == Waiting.DurationLearned ? Usual : null;
}

/// <summary>What came of it.</summary>
/// <param name="Lag">From the end of the change at the gateway until it was known here.</param>
/// <param name="Polls">When each question about the change that was under way went out.</param>
internal sealed record LagResult(TimeSpan Lag, IReadOnlyList<TimeSpan> Polls)
{
    /// <summary>The shortest time between two of them.</summary>
    public TimeSpan ClosestPolls => Polls.Zip(Polls.Skip(1), static (one, next) => next - one).DefaultIfEmpty(TimeSpan.MaxValue).Min();
}

/// <summary>The gateway's limit: 10 requests in any minute; what it refuses does not count.</summary>
internal sealed class RateLimit(AccountLimit limit)
{
    private readonly Queue<TimeSpan> _admitted = new();

    /// <summary>Whether a request that arrives now is answered.</summary>
    public bool Admits(TimeSpan now)
    {
        while (_admitted.TryPeek(out var first) && now - first >= TimeSpan.FromMinutes(1))
            _admitted.Dequeue();
        if (limit != AccountLimit.None && _admitted.Count >= 10)
            return false;
        _admitted.Enqueue(now);
        return true;
    }
}
