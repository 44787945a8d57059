using System.Runtime.ExceptionServices;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>
/// One environment: passes events to <see cref="EnvironmentMachine"/> one at a time and carries out the resulting actions.
/// </summary>
internal sealed class EnvironmentActor(
    EnvironmentKey key, IGateway gateway, EnvironmentPoller poller, EnvironmentChangePublisher publisher, TimeProvider time)
    : IDisposable
{
    private readonly long _began = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Queue<EnvironmentEvent> _events = new();
    private EnvironmentState _state = new() { Now = publisher.Last(key) };
    private bool _isStepping;
    private CancellationTokenSource? _reading;
    private Caller? _caller;

    private TimeSpan Now => time.GetElapsedTime(_began);

    /// <summary>The change in progress, or null.</summary>
    public Change? UnderWay => Volatile.Read(ref _state).Change?.Asked;

    /// <summary>Starts or stops watching.</summary>
    public void Watch(bool isWatched) => Post(isWatched ? new EnvironmentEvent.Watched(Now) : new EnvironmentEvent.Unwatched(Now));

    /// <summary>Handles the result of a list: an observation, a fault, or neither if the environment isn't in the list.</summary>
    public void ObserveInList(Observation? seen, GatewayException? fault) => Post(
        seen is { } s ? new EnvironmentEvent.ListObserved(ToObserved(s))
        : fault is not null ? new EnvironmentEvent.ListObserved(new EnvironmentEvent.NotObserved(Now, fault))
        : new EnvironmentEvent.Unlisted(Now));

    /// <summary>Handles signing out.</summary>
    public void SignOut() => Post(new EnvironmentEvent.SignedOut(Now));

    /// <summary>Runs a change.</summary>
    /// <param name="expected">How long such a change usually takes, or null if unknown.</param>
    /// <param name="over">Called once with the caller's result when the change is over, which may be after the caller left.</param>
    /// <param name="cancellationToken">Stops waiting. A request that was already sent isn't aborted.</param>
    public async Task<ChangeAnswer> RunAsync(
        Change change, TimeSpan timeout, TimeSpan? expected, ChangeProgress? progress, Action<ChangeAnswer?> over, CancellationToken cancellationToken)
    {
        var caller = new Caller(progress, over);
        Post(new EnvironmentEvent.ChangeRequested(Now, change, timeout, expected), caller);
        using var cancelled = cancellationToken.UnsafeRegister(_ => Post(new EnvironmentEvent.Cancelled(Now, change)), null);
        await using var late = time.CreateTimer(
            _ => Post(new EnvironmentEvent.TimedOut(Now, change)), null, timeout, Timeout.InfiniteTimeSpan).ConfigureAwait(false);
        return await caller.Answer.Task.ConfigureAwait(false);
    }

    /// <summary>Stops reading.</summary>
    public void Dispose() => StopReading();

    private void Post(EnvironmentEvent happened, Caller? newcomer = null)
    {
        lock (_lock)
        {
            _events.Enqueue(newcomer is null ? happened : new Arrival(happened, newcomer));
            if (_isStepping)
                return;
            _isStepping = true;
        }

        while (TryTake(out var next))
            Step(next);
    }

    private bool TryTake(out EnvironmentEvent next)
    {
        lock (_lock)
            return _isStepping = _events.TryDequeue(out next!);
    }

    private void Step(EnvironmentEvent happened)
    {
        var newcomer = (happened as Arrival)?.Caller;
        try
        {
            if (happened is Defect defect)
                ExceptionDispatchInfo.Throw(defect.Exception);
            var before = UpToDate(happened);
            var step = EnvironmentMachine.Next(before, (happened as Arrival)?.Event ?? happened);
            Volatile.Write(ref _state, step.State);
            var isRefused = step.Answer is ChangeAnswer.Busy;
            if (newcomer is not null && !isRefused)
                _caller = newcomer;
            Act(step.Action);
            var addressee = isRefused ? newcomer! : _caller;
            addressee?.Progress?.Report(step);
            if (step.Answer is not null)
                addressee!.Result = step.Answer;
            if (isRefused || (before.Change is not null && step.State.Change is null))
                addressee!.End();
            if (step.Answer is { } answer)
                addressee!.Answer.TrySetResult(answer);
        }
        catch (Exception e)
        {
            // Even after a bug, every caller gets a result and the environment stays usable.
            _state = new EnvironmentState { Now = _state.Now };
            (newcomer ?? _caller)?.Fail(e);
        }
    }

    // The client may cancel because of a notification that hasn't been processed here yet. Its result must not be older than that.
    private EnvironmentState UpToDate(EnvironmentEvent happened) =>
        happened is EnvironmentEvent.Cancelled or EnvironmentEvent.TimedOut && publisher.Last(key) is { } last ? _state with { Now = last } : _state;

    private void Act(EnvironmentAction action)
    {
        switch (action)
        {
            case EnvironmentAction.Ask ask:
                StopReading();
                _reading = new CancellationTokenSource();
                _ = ReadAsync(ask, _state.Change is { } change ? change.Deadline - Now : TimeSpan.MaxValue, _reading.Token);
                break;
            case EnvironmentAction.Send:
                StopReading();
                _ = SendAsync(_state.Change!.Asked);
                break;
            case EnvironmentAction.Stop:
                StopReading();
                break;
        }
    }

    private void StopReading()
    {
        _reading?.Cancel();
        _reading?.Dispose();
        _reading = null;
    }

    private async Task ReadAsync(EnvironmentAction.Ask ask, TimeSpan left, CancellationToken stop)
    {
        EnvironmentEvent happened;
        try
        {
            happened = ToObserved(await poller.AskAsync(key, ask, left, () => _caller?.Progress?.ReportNoResponse(), stop).ConfigureAwait(false));
        }
        catch (GatewayException fault)
        {
            happened = new EnvironmentEvent.NotObserved(Now, fault);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (Exception e)
        {
            happened = new Defect(Now, e);
        }

        if (!stop.IsCancellationRequested) // otherwise another read has replaced it
            Post(happened);
    }

    private EnvironmentEvent.Observed ToObserved(Observation seen) => new(Now, seen.Environment, time.GetElapsedTime(_began, seen.Asked));

    // No token: a request that was started is awaited until the gateway client's own limit.
    private async Task SendAsync(Change change)
    {
        EnvironmentEvent happened;
        try
        {
            await change.SendAsync(gateway, CancellationToken.None).ConfigureAwait(false);
            happened = new EnvironmentEvent.Accepted(Now);
        }
        catch (GatewayException fault)
        {
            happened = new EnvironmentEvent.NotAccepted(Now, fault);
        }
        catch (Exception e)
        {
            happened = new Defect(Now, e);
        }

        Post(happened);
    }

    /// <summary>The caller that waits for a change.</summary>
    private sealed class Caller(ChangeProgress? progress, Action<ChangeAnswer?> over)
    {
        private bool _isOver;

        public ChangeProgress? Progress => progress;

        public ChangeAnswer? Result { get; set; }

        // Without RunContinuationsAsynchronously, continuations run here: that needs no extra thread and keeps a simulation in order.
        public TaskCompletionSource<ChangeAnswer> Answer { get; } = new();

        /// <summary>The change is over.</summary>
        public void End()
        {
            if (_isOver)
                return;
            _isOver = true;
            over(Result);
        }

        /// <summary>
        /// Ends the change after a bug, which may have been in <see cref="End"/> itself. The caller gets a result in any case.
        /// </summary>
        public void Fail(Exception defect)
        {
            try
            {
                End();
            }
            catch (Exception another)
            {
                defect = new AggregateException(defect, another);
            }

            Answer.TrySetException(defect);
        }
    }

    /// <summary>A requested change and the caller that waits for it.</summary>
    private sealed record Arrival(EnvironmentEvent Event, Caller Caller) : EnvironmentEvent(Event.At);

    /// <summary>A bug.</summary>
    private sealed record Defect(TimeSpan At, Exception Exception) : EnvironmentEvent(At);
}
