using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Leases;
using Companion.Server.Pacing;
using Companion.Server.Planning;

namespace Companion.Server.Waiting;

/// <summary>
/// The connects that wait for room, at most one per environment. Waiting doesn't keep the environment from being changed, but ends when it is.
/// </summary>
/// <param name="random">Returns values from 0 up to, but not including, 1.</param>
internal sealed class RoomWaits(
    ChangeService changes,
    RoomFeed feed,
    EnvironmentReader reader,
    EnvironmentChangePublisher publisher,
    ErrorMessages errors,
    TimeProvider time,
    Func<double> random)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EnvironmentKey, RoomWait> _waits = [];

    /// <summary>Waits for room, then connects.</summary>
    /// <param name="timeout">How long each attempt to connect may take.</param>
    /// <param name="cancellationToken">Stops the waiting at once.</param>
    /// <exception cref="MethodException">The waiting ended without a connect, or the connect failed.</exception>
    public async Task<EnvironmentInfo> ConnectAsync(
        WaitForCapacityParams wait, Func<CancellationToken, Task<EnvironmentKey>> findKey, Func<EnvironmentKey, Connect> connectOf,
        TimeSpan timeout, Action<WorkDoneProgress>? report, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        LeaseEnds.Check("waitForCapacity", wait.Until, wait.DurationSeconds, now);
        using var waiting = new RoomWait(wait.Until ?? now + TimeSpan.FromSeconds(wait.DurationSeconds!.Value), time, cancellationToken);
        var connect = await BeginAsync(waiting, findKey, connectOf).ConfigureAwait(false);
        if (connect.Lease?.Until is { } end)
            waiting.EndBy(end); // no connection would be left
        var progress = report is null ? null : new WaitProgress(connect, errors.Phrases, report, time);
        Add(connect.Key, waiting);
        try
        {
            return await RunAsync(connect, waiting, timeout, progress, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Remove(connect.Key, waiting);
            progress?.End();
        }
    }

    /// <summary>Another change of the environment was requested.</summary>
    public void Replace(EnvironmentKey key) => End(key, WaitEnd.Replaced);

    /// <summary>Handles what the gateway reported about an environment.</summary>
    public void Observe(EnvironmentChangedParams changed)
    {
        var key = new EnvironmentKey(changed.AccountId, changed.EnvironmentId);
        if (Find(key) is { Environment: { } before } waiting
            && (changed.Environment is { } now ? !Change.IsSame(before, now) : changed.Problem?.Code == (int)GoogleRpcCode.NotFound))
        {
            End(key, WaitEnd.Changed);
        }
    }

    /// <summary>Ends all waiting.</summary>
    public void EndAll(WaitEnd why)
    {
        RoomWait[] all;
        lock (_lock)
            all = [.. _waits.Values];
        foreach (var waiting in all)
            waiting.End(why);
    }

    private async Task<Connect> BeginAsync(
        RoomWait waiting, Func<CancellationToken, Task<EnvironmentKey>> findKey, Func<EnvironmentKey, Connect> connectOf)
    {
        try
        {
            var key = await errors.ReadBeforeChangeAsync(() => findKey(waiting.Stopped)).ConfigureAwait(false);
            var seen = await errors.ReadBeforeChangeAsync(() => reader.GetAsync(key, waiting.Stopped), key).ConfigureAwait(false);
            waiting.Environment = seen.Environment;
            return connectOf(key);
        }
        catch (OperationCanceledException)
        {
            throw errors.LeftEarly(waiting.Ended == WaitEnd.TimeOver ? LeaveReason.TimedOut : LeaveReason.Cancelled);
        }
    }

    private async Task<EnvironmentInfo> RunAsync(
        Connect connect, RoomWait waiting, TimeSpan timeout, WaitProgress? progress, CancellationToken cancellationToken)
    {
        var key = connect.Key;
        var ranks = (connect.Connection.NumRanks ?? 1) - NodePoolRoom.OwnRanks(waiting.Environment!, connect.Connection.NodePoolId);
        using var room = feed.Join(key.AccountId, connect.Connection.NodePoolId, Math.Max(ranks, 0));
        for (var rejected = 0; ; rejected++)
        {
            await RoomAsync(connect, waiting, room, rejected > 0, progress).ConfigureAwait(false);
            waiting.IsConnecting = true;
            var attempt = connect with { Condition = new ConnectCondition(waiting.Environment!, () => waiting.IsInTime) };
            try
            {
                return await changes.RunAsync(
                    _ => Task.FromResult(key), _ => attempt, timeout, progress is null ? null : progress.Forward, cancellationToken).ConfigureAwait(false);
            }
            catch (MethodException e) when (IsLackOfRoom(e, connect))
            {
                if (e.Answer is ChangeAnswer.SettledElsewhere { Environment: var failed })
                    waiting.Environment = failed;
                room.PauseFor(PollDelays.AfterNoCapacity(rejected) * (1 + (PollDelays.Jitter * random())));
            }
            catch (MethodException e) when (e.Answer is ChangeAnswer.Withheld && !waiting.IsInTime)
            {
                throw errors.WaitOver(WaitEnd.TimeOver, connect, publisher.NameOf(key), rejected > 0);
            }
            finally
            {
                waiting.IsConnecting = false;
            }
        }
    }

    // The gateway rejected the connect, or accepted it and then reported for this connection that there is no capacity. If its response was lost,
    // or someone else has connected the environment since, no one knows whose failure that is.
    private static bool IsLackOfRoom(MethodException e, Connect connect) => e.Answer switch
    {
        ChangeAnswer.Faulted { Fault.Code: GoogleRpcCode.ResourceExhausted, Outcome: Outcomes.NotApplied } => true,
        ChangeAnswer.SettledElsewhere { IsAccepted: true, Environment: { State: EnvironmentStates.Disconnected, Status.Code: "RESOURCE_EXHAUSTED" } now } =>
            now.Connection is null || (connect.Connection.IsOnPool(now.Connection) != false && connect.Connection.Differences(now.Connection).Count == 0),
        _ => false,
    };

    private async Task RoomAsync(Connect connect, RoomWait waiting, RoomFeed.Subscription room, bool isRejected, WaitProgress? progress)
    {
        try
        {
            while (true)
            {
                waiting.Stopped.ThrowIfCancellationRequested();
                var report = await room.NextAsync(waiting.Stopped).ConfigureAwait(false);
                waiting.CheckTime(); // the machine may have been asleep
                if (report.Fault is { } fault && !RetryRules.IsTemporary(fault))
                    throw errors.FailureBeforeChange(connect, fault);
                if (report.HasRoom && waiting.Ended is null)
                    return;
                progress?.Report(report);
            }
        }
        catch (OperationCanceledException)
        {
            throw errors.WaitOver(waiting.Ended!.Value, connect, publisher.NameOf(connect.Key), isRejected);
        }
    }

    private RoomWait? Find(EnvironmentKey key)
    {
        lock (_lock)
            return _waits.GetValueOrDefault(key);
    }

    private void End(EnvironmentKey key, WaitEnd why)
    {
        // A connect that is under way is protected like any other.
        if (Find(key) is { IsConnecting: false } waiting)
            waiting.End(why);
    }

    private void Add(EnvironmentKey key, RoomWait waiting)
    {
        RoomWait? before;
        lock (_lock)
        {
            before = _waits.GetValueOrDefault(key);
            _waits[key] = waiting;
        }

        before?.End(WaitEnd.Replaced);
    }

    private void Remove(EnvironmentKey key, RoomWait waiting)
    {
        lock (_lock)
        {
            if (_waits.GetValueOrDefault(key) == waiting)
                _waits.Remove(key);
        }
    }
}
