namespace Companion.Simulation.Lag;

/// <summary>What is known about the account's limit of 10 requests a minute.</summary>
internal enum AccountLimit
{
    /// <summary>The account has no limit.</summary>
    None,

    /// <summary>The gateway has just rejected a request because of the limit.</summary>
    Known,

    /// <summary>The gateway hasn't rejected any request yet.</summary>
    NotYetKnown,
}

/// <summary>Who waits, and what is known.</summary>
internal enum Waiting
{
    /// <summary>A call, when the usual duration of such changes is unknown.</summary>
    NothingLearned,

    /// <summary>A call, when the usual duration of such changes is known.</summary>
    DurationLearned,

    /// <summary>A focused window that watches.</summary>
    Watching,
}

/// <summary>A change to follow.</summary>
/// <param name="Duration">How long it takes after it was accepted.</param>
internal sealed record LagCase(Waiting Waiting, AccountLimit Limit, TimeSpan Duration, TimeSpan Usual, ulong Seed)
{
    /// <summary>The time from a request to its response.</summary>
    public static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(50);

    /// <summary>The learned duration.</summary>
    public TimeSpan? Expected => Waiting == Waiting.DurationLearned ? Usual : null;
}

/// <summary>The result.</summary>
/// <param name="Lag">The time from the end of the change at the gateway until it was known here.</param>
/// <param name="Polls">When each read during the change was sent.</param>
internal sealed record LagResult(TimeSpan Lag, IReadOnlyList<TimeSpan> Polls)
{
    /// <summary>The shortest time between two polls.</summary>
    public TimeSpan ClosestPolls => Polls.Zip(Polls.Skip(1), static (one, next) => next - one).DefaultIfEmpty(TimeSpan.MaxValue).Min();
}

/// <summary>The gateway's limit: 10 requests in any minute, without rejected ones.</summary>
internal sealed class RateLimit(AccountLimit limit)
{
    private readonly Queue<TimeSpan> _admitted = new();

    /// <summary>Whether a request that arrives now is accepted.</summary>
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
