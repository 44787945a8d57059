using System.Globalization;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Server.Storage;

namespace Companion.Server.Pacing;

/// <summary>
/// Decides when a request may be sent: not before the time that the gateway specified, and, after it rejected one because there were too
/// many, within the limit of small accounts (10 requests a minute) until there have been no such rejections for a while. All processes on
/// this machine that use the same account share this state.
/// </summary>
internal class RequestRateLimiter(TimeProvider time) : IRequestGate
{
    /// <summary>How long the limit applies after the last rejection because of it.</summary>
    public static readonly TimeSpan LimitLasts = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long <see cref="IsCautious"/> stays true after the first such rejection. It doubles each time that it turns out to be too short.
    /// </summary>
    public static readonly TimeSpan FirstCaution = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan LongestCaution = TimeSpan.FromDays(1);

    /// <summary>How long a read waits for its turn if its caller set no limit.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The minimum time between two polls.</summary>
    public static readonly TimeSpan PollSpacing = TimeSpan.FromSeconds(1);

    /// <summary>Added to each wait, because timers drop fractions of a millisecond and would fire too early.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private const int Limit = (int)RequestPriority.Change;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly AsyncLocal<Purpose?> _purpose = new();
    private readonly Guid _process = Guid.NewGuid();
    private readonly List<long> _sent = []; // the last ten within a minute
    private readonly List<(Guid By, long At)> _sentByOthers = [];
    private readonly List<Turn> _waiting = []; // in order of arrival
    private long _notBefore = time.GetTimestamp();
    private long _limitedUntil = time.GetTimestamp();
    private long _cautiousUntil = time.GetTimestamp();
    private long _lastPoll = long.MinValue;
    private TimeSpan _caution = FirstCaution / 2;

    /// <summary>The state shared with other processes, or null if nothing is shared. Assigned before the first request.</summary>
    public SharedRateLimit? Shared { get; set; }

    /// <summary>
    /// True for a longer time after the gateway rejected a request because there were too many. Polling then stays within 10 requests a
    /// minute, because reaching the limit again would delay notifications by up to a minute.
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
    /// Sets the purpose of the requests that the calling method sends. <see cref="IGateway"/> has no parameter for it, so it flows with the
    /// execution context until the calling (async) method returns.
    /// </summary>
    public void Prioritize(RequestPriority priority, TimeSpan patience) => _purpose.Value = new Purpose(priority, After(patience));

    /// <inheritdoc/>
    public async ValueTask EnterAsync(bool isChange, CancellationToken cancellationToken)
    {
        // A change doesn't wait here, because its caller couldn't tell whether it was sent.
        var purpose = isChange ? new Purpose(RequestPriority.Change, time.GetTimestamp())
            : _purpose.Value ?? new Purpose(RequestPriority.Read, After(Patience));
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

    /// <summary>Waits until no poll was sent for a second, and records this one.</summary>
    public async Task SpacePollAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        for (var latest = After(longest); TakePoll(latest) is var wait && wait > TimeSpan.Zero;)
            await time.WaitAsync(wait + Tick, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Handles a rejection because of too many requests.</summary>
    public virtual void OnTooManyRequests()
    {
        Share(() =>
        {
            if (time.GetTimestamp() >= _cautiousUntil)
                _caution = _caution * 2 < LongestCaution ? _caution * 2 : LongestCaution;
            _cautiousUntil = After(_caution);
            _limitedUntil = After(LimitLasts);
        });
    }

    /// <summary>Handles the gateway's Retry-After.</summary>
    public virtual void OnRetryAfter(TimeSpan wait) => Share(() => _notBefore = Math.Max(_notBefore, After(wait)));

    /// <summary>How long a request would have to wait now.</summary>
    public TimeSpan Delay(RequestPriority priority)
    {
        lock (_lock)
            return Delay(priority, ahead: 0);
    }

    /// <summary>The error for a request that wasn't sent because it would have to wait too long.</summary>
    public static GatewayException RateLimited(TimeSpan wait) => new(
        GoogleRpcCode.ResourceExhausted,
        FaultKind.NotSent,
        string.Create(CultureInfo.InvariantCulture, $"Requests to the gateway are temporarily limited. Try again in {Math.Ceiling(wait.TotalSeconds)} s."))
    {
        NotSentReason = NotSentReason.Other,
        RetryAfter = wait,
    };

    /// <summary>True for the error that <see cref="RateLimited"/> creates.</summary>
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
        // Requests of lower priority never delay this one.
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

    // Changes the shared state atomically across processes.
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

    // A record from before a restart or from another machine is ignored, because its clock started at another time.
    private void Adopt(RateLimitRecord known)
    {
        if (known.At > Now)
            return;
        _notBefore = Math.Max(_notBefore, Timestamp(known.NotBefore, RetryAfterHeader.MaxWait));
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

    // No time in a record counts for more than its possible maximum.
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
            // Each request ahead takes the slot of one that was sent a minute earlier.
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

    /// <summary>The purpose of a request, and how long it may wait for its turn.</summary>
    private sealed record Purpose(RequestPriority Priority, long Deadline);

    /// <summary>A waiting request.</summary>
    private sealed class Turn(RequestPriority priority)
    {
        public RequestPriority Priority => priority;
    }
}
