using System.Globalization;
using Companion.Gateway;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>
/// Decides when a request may go out: not before the time that the gateway named, and, once the gateway has refused a request because
/// there were too many, within the limit of small accounts (10 requests a minute) until it has refused none for a while. The processes
/// of this machine that use one account share both.
/// </summary>
internal class RequestRateLimiter(TimeProvider time) : IRequestGate
{
    /// <summary>How long the limit applies after the gateway last refused a request for it.</summary>
    public static readonly TimeSpan LimitLasts = TimeSpan.FromMinutes(5);

    /// <summary>How long <see cref="IsCautious"/> holds after the first such refusal; it doubles each time that caution turns out to be too short.</summary>
    public static readonly TimeSpan FirstCaution = TimeSpan.FromMinutes(15);

    /// <summary>The longest caution.</summary>
    public static readonly TimeSpan LongestCaution = TimeSpan.FromDays(1);

    /// <summary>How long a question waits for its turn if its caller set no time.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The least time between two polls.</summary>
    public static readonly TimeSpan PollSpacing = TimeSpan.FromSeconds(1);

    /// <summary>Added to each wait, as timers drop fractions of a millisecond and would fire too early.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private const int Limit = (int)RequestPriority.Change;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly AsyncLocal<Purpose?> _purpose = new();
    private readonly Guid _process = Guid.NewGuid();
    private readonly List<long> _sent = []; // the last ten within a minute
    private readonly List<(Guid By, long At)> _sentByOthers = [];
    private readonly List<Turn> _waiting = []; // in the order of arrival
    private long _notBefore = time.GetTimestamp();
    private long _limitedUntil = time.GetTimestamp();
    private long _cautiousUntil = time.GetTimestamp();
    private long _lastPoll = long.MinValue;
    private TimeSpan _caution = FirstCaution / 2;

    /// <summary>What the other processes know; null where nothing is shared. Assigned before the first request.</summary>
    public SharedRateLimit? Shared { get; set; }

    /// <summary>
    /// True for a longer time after the gateway refused a request because there were too many: polling then follows a schedule that keeps
    /// within a limit of 10 requests a minute, as running into it again would hide what happens for up to a minute.
    /// </summary>
    public bool IsCautious
    {
        get
        {
            lock (_lock)
                return time.GetTimestamp() < _cautiousUntil;
        }
    }

    /// <summary>
    /// Says what the requests of the calling method are for. <see cref="IGateway"/> has no room for it, so it flows with the execution context,
    /// until the calling (async) method returns.
    /// </summary>
    public void Prioritize(RequestPriority priority, TimeSpan patience) => _purpose.Value = new Purpose(priority, After(patience));

    /// <inheritdoc/>
    public async ValueTask EnterAsync(bool isChange, CancellationToken cancellationToken)
    {
        // A change does not wait here, where it could not be told whether it has been sent.
        var purpose = isChange ? new Purpose(RequestPriority.Change, time.GetTimestamp())
            : _purpose.Value ?? new Purpose(RequestPriority.Question, After(Patience));
        var turn = new Turn(purpose.Priority);
        try
        {
            while (Enter(turn) is var wait && wait > TimeSpan.Zero)
            {
                if (wait > Until(purpose.Deadline))
                    throw RateLimited(wait);
                await time.WaitAsync(wait + Tick, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
                _waiting.Remove(turn);
        }
    }

    /// <summary>Waits until no poll has gone out for a second, and takes note of this one.</summary>
    public async Task SpacePollAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var latest = After(longest); TakePoll(latest) is var wait && wait > TimeSpan.Zero;)
            await time.WaitAsync(wait + Tick, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The gateway refused a request because there were too many.</summary>
    public virtual void ShowedLimit()
    {
        Share(() =>
        {
            if (time.GetTimestamp() >= _cautiousUntil)
                _caution = _caution * 2 < LongestCaution ? _caution * 2 : LongestCaution;
            _cautiousUntil = After(_caution);
            _limitedUntil = After(LimitLasts);
        });
    }

    /// <summary>The gateway asked to wait.</summary>
    public virtual void AskedToWait(TimeSpan wait) => Share(() => _notBefore = Math.Max(_notBefore, After(wait)));

    /// <summary>How long a request would have to wait now.</summary>
    public TimeSpan Delay(RequestPriority priority)
    {
        lock (_lock)
            return Delay(priority, ahead: 0);
    }

    /// <summary>The error for a request that was not sent, as it would have to wait for too long.</summary>
    public static GatewayException RateLimited(TimeSpan wait) => new(
        GoogleRpcCode.ResourceExhausted,
        FaultKind.NotSent,
        string.Create(CultureInfo.InvariantCulture, $"The gateway wants to be asked less often: try again in {Math.Ceiling(wait.TotalSeconds)} s."))
    {
        NotSentReason = NotSentReason.Other,
        RetryAfter = wait,
    };

    /// <summary>True for the error of <see cref="RateLimited"/>.</summary>
    public static bool IsRateLimited(GatewayException fault) => fault is { Kind: FaultKind.NotSent, RetryAfter: not null };

    private TimeSpan Enter(Turn turn)
    {
        lock (_lock)
        {
            if (!IsHeldBack() && Shared?.Read() is { } known)
                Adopt(known);
            if (!IsHeldBack())
                return Take(turn);
            var wait = TimeSpan.Zero;
            Share(() => wait = Take(turn));
            return wait;
        }
    }

    private bool IsHeldBack() => time.GetTimestamp() < Math.Max(_limitedUntil, _notBefore);

    private TimeSpan Take(Turn turn)
    {
        // A turn of lower priority never delays this one: there is room for this one first.
        var place = _waiting.IndexOf(turn);
        var ahead = _waiting.Take(place < 0 ? _waiting.Count : place).Count(other => other.Priority >= turn.Priority);
        var wait = Delay(turn.Priority, ahead);
        if (wait == TimeSpan.Zero)
        {
            _sent.Add(time.GetTimestamp());
            if (_sent.Count > Limit)
                _sent.RemoveAt(0);
        }
        else if (place < 0)
        {
            _waiting.Add(turn);
        }

        return wait;
    }

    // Changes what is shared, so that no other process does so at the same time.
    private void Share(Action change)
    {
        lock (_lock)
        {
            if (Shared is null)
            {
                change();
                return;
            }

            Shared.Change(known =>
            {
                if (known is not null)
                    Adopt(known);
                change();
                return ToRecord();
            });
        }
    }

    // A record from before this machine was restarted, or of another machine, tells nothing: its clock began at another time.
    private void Adopt(RateLimitRecord known)
    {
        if (known.At > Now)
            return;
        _notBefore = Math.Max(_notBefore, Timestamp(known.NotBefore, RetryAfterHeader.Longest));
        _limitedUntil = Math.Max(_limitedUntil, Timestamp(known.LimitedUntil, LimitLasts));
        _cautiousUntil = Math.Max(_cautiousUntil, Timestamp(known.CautiousUntil, LongestCaution));
        _caution = TimeSpan.FromTicks(Math.Clamp(known.Caution.Ticks, _caution.Ticks, LongestCaution.Ticks));
        _sentByOthers.Clear();
        _sentByOthers.AddRange(known.Sent.Where(request => request.By != _process).Select(request => (request.By, Timestamp(request.At, TimeSpan.Zero))));
    }

    private RateLimitRecord ToRecord()
    {
        DropOld(time.GetTimestamp());
        return new RateLimitRecord(
            Now, time.GetElapsedTime(0, _notBefore), time.GetElapsedTime(0, _limitedUntil), time.GetElapsedTime(0, _cautiousUntil), _caution,
            [.. _sent.Select(at => (By: _process, At: at)).Concat(_sentByOthers).Select(request => new RateLimitRecord.Request(request.By, time.GetElapsedTime(0, request.At)))]);
    }

    private TimeSpan Now => time.GetElapsedTime(0);

    // No time in a record counts for more than it can be.
    private long Timestamp(TimeSpan at, TimeSpan longest)
    {
        var wait = at - Now;
        return After(wait < -Minute ? -Minute : wait > longest ? longest : wait);
    }

    private void DropOld(long now)
    {
        _sent.RemoveAll(at => time.GetElapsedTime(at, now) >= Minute);
        _sentByOthers.RemoveAll(request => time.GetElapsedTime(request.At, now) >= Minute);
    }

    private TimeSpan Delay(RequestPriority priority, int ahead)
    {
        var now = time.GetTimestamp();
        DropOld(now);
        var earliest = Math.Max(now, _notBefore);
        if (now < _limitedUntil)
        {
            // Each request that is ahead takes the place of one that was sent a minute before.
            List<long> sent = [.. _sent.Concat(_sentByOthers.Select(static request => request.At)).Order()];
            for (var i = 0; i <= ahead; i++)
                sent.Add(sent.Count < (int)priority ? earliest : Math.Max(earliest, sent[^(int)priority] + Ticks(Minute)));
            earliest = sent[^1];
        }

        return time.GetElapsedTime(now, earliest);
    }

    private TimeSpan TakePoll(long latest)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var due = _lastPoll == long.MinValue ? now : Math.Min(latest, _lastPoll + Ticks(PollSpacing));
            if (due > now)
                return time.GetElapsedTime(now, due);
            _lastPoll = now;
            return TimeSpan.Zero;
        }
    }

    private long After(TimeSpan wait) => time.GetTimestamp() + Ticks(wait);

    private TimeSpan Until(long timestamp) => time.GetElapsedTime(time.GetTimestamp(), timestamp);

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>What a request is for, and until when it may wait for its turn.</summary>
    private sealed record Purpose(RequestPriority Priority, long Deadline);

    /// <summary>A request that waits for its turn.</summary>
    private sealed class Turn(RequestPriority priority)
    {
        public RequestPriority Priority => priority;
    }
}
