namespace Companion.Server.Environments;

/// <summary>
/// How fast the gateway may be asked: never before the time that it named itself, and once it has shown the limit of small accounts
/// (10 requests a minute), so seldom that there is room left for what a person asks for.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RequestPace(TimeProvider time)
{
    /// <summary>Questions of an account with the limit within a minute: 6 of those that only wait for something.</summary>
    public const int PatientLimit = 6;

    /// <summary>And 9 of those on which an answer to a person depends; the tenth is left for what that person asks for.</summary>
    public const int UrgentLimit = 9;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<long> _sent = new();
    private long? _notBefore;
    private bool _isLimited;

    /// <summary>A request goes out.</summary>
    public void Sent()
    {
        lock (_lock)
        {
            Forget();
            _sent.Enqueue(time.GetTimestamp());
            if (_sent.Count > 2 * UrgentLimit)
                _sent.Dequeue(); // more are of no consequence
        }
    }

    /// <summary>The gateway answered 429.</summary>
    public void ShowedLimit()
    {
        lock (_lock)
            _isLimited = true;
    }

    /// <summary>The gateway asked to wait.</summary>
    /// <param name="wait">How long.</param>
    public void AskedToWait(TimeSpan wait)
    {
        var until = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        lock (_lock)
            _notBefore = Math.Max(_notBefore ?? until, until);
    }

    /// <summary>How long to wait before the next question.</summary>
    /// <param name="isUrgent">True where an answer to a person depends on it.</param>
    public TimeSpan Delay(bool isUrgent)
    {
        lock (_lock)
        {
            Forget();
            var now = time.GetTimestamp();
            var named = _notBefore is { } until && until > now ? time.GetElapsedTime(now, until) : TimeSpan.Zero;
            var limit = isUrgent ? UrgentLimit : PatientLimit;
            if (!_isLimited || _sent.Count < limit)
                return named;
            var turn = Minute - time.GetElapsedTime(_sent.ElementAt(_sent.Count - limit), now);
            return turn > named ? turn : named;
        }
    }

    private void Forget()
    {
        var now = time.GetTimestamp();
        while (_sent.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Minute)
            _sent.Dequeue();
    }
}
