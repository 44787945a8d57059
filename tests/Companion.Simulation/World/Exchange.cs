using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>One request and its result.</summary>
internal sealed class Exchange
{
    private readonly TaskCompletionSource<HttpResponseMessage> _answer = new();
    private CancellationTokenRegistration _giveUp;

    public required int Number { get; init; }

    public required SimProcess Process { get; init; }

    public required SimCall? Call { get; init; }

    /// <summary>Whether it's a disconnect at the end of a connection.</summary>
    public required bool IsByLease { get; init; }

    public required Target Target { get; init; }

    public required Fault Fault { get; init; }

    /// <summary>When it was sent, in true time.</summary>
    public required long SentAt { get; init; }

    /// <summary>When it was sent, on the monotonic clock.</summary>
    public required long SentMonotonic { get; init; }

    /// <summary>When it was sent, on the wall clock.</summary>
    public required DateTimeOffset SentWall { get; init; }

    /// <summary>When the client got the response or gave up, in true time.</summary>
    public long? EndedAt { get; private set; }

    /// <summary>When the client got the response or gave up, on the monotonic clock.</summary>
    public long EndedMonotonic { get; private set; }

    /// <summary>When the client got the response or gave up, on the wall clock.</summary>
    public DateTimeOffset EndedWall { get; private set; }

    /// <summary>Its body; null for a read, or if it was never requested.</summary>
    public string? Body { get; set; }

    /// <summary>When it reached the gateway, in true time.</summary>
    public long? ArrivedAt { get; set; }

    /// <summary>The time that the response describes, in true time.</summary>
    public long? AsOf => Fault.Type == FaultType.OldReplica ? ArrivedAt - SimTime.Ms(Fault.DelayMs) : ArrivedAt;

    /// <summary>The change that it made.</summary>
    public Effect? Effect { get; set; }

    /// <summary>The environments that the response describes, as of its arrival; null for one that doesn't exist.</summary>
    public IReadOnlyList<(Key Key, Snapshot? Snapshot)> Described { get; set; } = [];

    /// <summary>The HTTP status that the client got, or null.</summary>
    public int? Status { get; private set; }

    /// <summary>Whether the client got the complete actual response.</summary>
    public bool IsAnsweredTruly { get; private set; }

    /// <summary>How long the response asks to wait.</summary>
    public TimeSpan? RetryAfter { get; set; }

    /// <summary>What the client waits for.</summary>
    public Task<HttpResponseMessage> Answer => _answer.Task;

    /// <summary>Called once it has ended for the client, before the client is notified.</summary>
    public required Action<Exchange> Ended { get; init; }

    /// <summary>The client may give up.</summary>
    public void GiveUpOn(CancellationToken cancellationToken) => _giveUp = cancellationToken.UnsafeRegister(
        (_, token) =>
        {
            if (End())
                _answer.TrySetCanceled(token);
        },
        null);

    /// <summary>A response arrives.</summary>
    /// <param name="isTrue">Whether it is the gateway's own response, complete.</param>
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

    /// <summary>Whether it was in flight at a wall-clock time. The clock may have jumped in between, either way.</summary>
    public bool WasUnderWayAt(DateTimeOffset wall) => SentWall <= EndedWall ? wall >= SentWall && wall <= EndedWall : wall >= EndedWall && wall <= SentWall;

    /// <summary>What it shows of an environment, or null.</summary>
    public Snapshot? Of(Key key) => Described.FirstOrDefault(described => described.Key == key).Snapshot;

    /// <summary>Whether it shows the state of an environment.</summary>
    public bool Describes(Key key) => Of(key) is not null;

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
