using System.Globalization;
using Companion.Gateway;

namespace Companion.Server.Environments;

/// <summary>
/// How fast the gateway may be asked: never before the time that it named itself, and once it has shown the limit of small accounts
/// (10 requests a minute), so seldom that there is room left for what a person asks for.
/// </summary>
/// <param name="time">The clock.</param>
internal class RequestPace(TimeProvider time) : IRequestGate
{
    /// <summary>Questions of an account with the limit within a minute: 6 of those that only wait for something.</summary>
    public const int PatientLimit = 6;

    /// <summary>And 9 of those on which an answer to a person depends; the tenth is left for what that person asks for.</summary>
    public const int UrgentLimit = 9;

    /// <summary>The limit that such accounts have.</summary>
    public const int Limit = 10;

    /// <summary>What is added to a wait, as timers drop what is less than a millisecond and would come back too early.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Queue<long> _sent = new();
    private long? _notBefore;
    private bool _isLimited;

    /// <inheritdoc/>
    public async ValueTask EnterAsync(bool isChange, CancellationToken cancellationToken)
    {
        while (Enter() is var wait && wait > TimeSpan.Zero)
        {
            // A change does not wait here, where nobody would know whether it has been sent.
            if (isChange || wait > Minute)
                throw TooEarly(wait);
            await time.WaitAsync(wait + Tick, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The gateway answered 429.</summary>
    public virtual void ShowedLimit()
    {
        lock (_lock)
            _isLimited = true;
    }

    /// <summary>The gateway asked to wait.</summary>
    /// <param name="wait">How long.</param>
    public virtual void AskedToWait(TimeSpan wait)
    {
        var until = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        lock (_lock)
            _notBefore = Math.Max(_notBefore ?? until, until);
    }

    /// <summary>How long to wait before the next question.</summary>
    /// <param name="limit">How many requests there may be within a minute, this one among them, once the account has shown its limit.</param>
    public TimeSpan Delay(int limit)
    {
        lock (_lock)
            return DelayNow(limit);
    }

    /// <summary>What is said of a question that was not asked.</summary>
    /// <param name="wait">How long to wait.</param>
    public static GatewayException TooEarly(TimeSpan wait) => new(
        GoogleRpcCode.ResourceExhausted,
        FaultKind.NotSent,
        string.Create(CultureInfo.InvariantCulture, $"The gateway wants to be asked less often: try again in {Math.Ceiling(wait.TotalSeconds)} s."))
    {
        NotSentReason = NotSentReason.Other,
        RetryAfter = wait,
    };

    private TimeSpan Enter()
    {
        lock (_lock)
        {
            var wait = DelayNow(Limit);
            if (wait > TimeSpan.Zero)
                return wait;
            _sent.Enqueue(time.GetTimestamp());
            if (_sent.Count > Limit)
                _sent.Dequeue(); // more are of no consequence
            return wait;
        }
    }

    private TimeSpan DelayNow(int limit)
    {
        Forget();
        var now = time.GetTimestamp();
        var named = _notBefore is { } until && until > now ? time.GetElapsedTime(now, until) : TimeSpan.Zero;
        if (!_isLimited || _sent.Count < limit)
            return named;
        var turn = Minute - time.GetElapsedTime(_sent.ElementAt(_sent.Count - limit), now);
        return turn > named ? turn : named;
    }

    private void Forget()
    {
        var now = time.GetTimestamp();
        while (_sent.TryPeek(out var first) && time.GetElapsedTime(first, now) >= Minute)
            _sent.Dequeue();
    }
}
