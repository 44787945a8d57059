using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>One request and what becomes of it.</summary>
internal sealed class Exchange
{
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
    private CancellationTokenRegistration _giveUp;

    public required int Number { get; init; }

    public required SimProcess Process { get; init; }

    public required SimCall? Call { get; init; }

    public required Target Target { get; init; }

    public required Fault Fault { get; init; }

    /// <summary>When it was sent, in true time.</summary>
    public required long SentAt { get; init; }

    /// <summary>When it was sent, by the monotonic clock.</summary>
    public required long SentMonotonic { get; init; }

    /// <summary>When it was sent, by the wall clock.</summary>
    public required DateTimeOffset SentWall { get; init; }

    /// <summary>When the client had its answer or gave up, in true time.</summary>
    public long? EndedAt { get; private set; }

    /// <summary>The same by the monotonic clock.</summary>
    public long EndedMonotonic { get; private set; }

    /// <summary>The same by the wall clock.</summary>
    public DateTimeOffset EndedWall { get; private set; }

    /// <summary>Its body; null for a question, and where it was never asked for.</summary>
    public string? Body { get; set; }

    /// <summary>When it reached the gateway, in true time.</summary>
    public long? ArrivedAt { get; set; }

    /// <summary>As of when the answer describes what it describes, in true time.</summary>
    public long? AsOf => Fault.Type == FaultType.OldReplica ? ArrivedAt - SimTime.Ms(Fault.DelayMs) : ArrivedAt;

    /// <summary>The change that it made.</summary>
    public Effect? Effect { get; set; }

    /// <summary>The environments that its answer describes, as they were when it arrived; null for one that is not there.</summary>
    public IReadOnlyList<(Key Key, Snapshot? Snapshot)> Described { get; set; } = [];

    /// <summary>The HTTP status that the client got; null where it got none.</summary>
    public int? Status { get; private set; }

    /// <summary>Whether the client got the true answer whole.</summary>
    public bool IsAnsweredTruly { get; private set; }

    /// <summary>How long the answer asks to wait.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>What the client waits for.</summary>
    public Task<HttpResponseMessage> Answer => _answer.Task;

    /// <summary>Told once it has ended for the client, before the client is.</summary>
    public required Action<Exchange> Ended { get; init; }

    /// <summary>The client may give up.</summary>
    public void GiveUpOn(CancellationToken cancellationToken) => _giveUp = cancellationToken.UnsafeRegister(
        (_, token) =>
        {
            if (End())
                _answer.TrySetCanceled(token);
        },
        null);

    /// <summary>An answer comes.</summary>
    /// <param name="response">Makes it.</param>
    /// <param name="isTrue">Whether it is the gateway's own answer, whole.</param>
    public void Come(Func<HttpResponseMessage> response, bool isTrue)
    {
        if (EndedAt is not null || !Process.IsAlive)
            return;
        var message = response();
        Status = (int)message.StatusCode;
        IsAnsweredTruly = isTrue;
        End();
        _answer.SetResult(message);
    }

    /// <summary>The connection fails.</summary>
    public void Break(Exception exception)
    {
        if (End())
            _answer.SetException(exception);
    }

    /// <summary>Whether it was under way at a time of the wall clock, which may have jumped in between, either way.</summary>
    public bool WasUnderWayAt(DateTimeOffset wall) => SentWall <= EndedWall ? wall >= SentWall && wall <= EndedWall : wall >= EndedWall && wall <= SentWall;

    /// <summary>What it says of an environment; null where it says nothing.</summary>
    public Snapshot? Of(Key key) => Described.FirstOrDefault(described => described.Key == key).Snapshot;

    /// <summary>Whether it says how an environment is.</summary>
    public bool Tells(Key key) => Of(key) is not null;

    private bool End()
    {
        if (EndedAt is not null || !Process.IsAlive)
            return false;
        var world = Process.World;
        (EndedAt, EndedMonotonic, EndedWall) = (world.Time.Now, world.Machine.Monotonic, world.Machine.Wall);
        _giveUp.Dispose();
        Ended(this);
        return true;
    }
}
