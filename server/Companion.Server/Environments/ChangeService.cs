using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Logging;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Environments;

/// <summary>
/// Runs the changes that people request, one at a time per environment on this machine, and reports their confirmed outcome.
/// </summary>
internal sealed class ChangeService(
    EnvironmentActors environments,
    EnvironmentChangePublisher publisher,
    SessionMemory memory,
    IConnectListener listener,
    ErrorMessages errors,
    TimeProvider time,
    ILogger log)
{
    /// <summary>
    /// Runs a change that no one waits for: like any other, but without an error.
    /// </summary>
    /// <returns>Null if another process is changing the environment; nothing was sent.</returns>
    public async Task<ChangeAnswer?> RunUnattendedAsync(Change change, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (environments.UnderWay(change.Key) is { } other)
            return new ChangeAnswer.Busy(other);
        using var protection = memory.Protect(change);
        if (protection is null)
            return null;
        if (protection.Missing is { } reason)
            ServerLog.Unprotected(log, change.Verb, change.Key.EnvironmentId, reason);
        return await environments.RunAsync(
            change, timeout, expected: null, progress: null, protection.HandOver(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a change and waits for its result.</summary>
    /// <param name="findKey">Determines the account, which can take requests to the gateway. They count toward the timeout.</param>
    /// <param name="cancellationToken">Stops waiting at once. A request that was already sent isn't undone.</param>
    /// <exception cref="MethodException">The change didn't reach the requested state. The error has the details.</exception>
    public async Task<EnvironmentInfo> RunAsync(
        Func<CancellationToken, Task<EnvironmentKey>> findKey, Func<EnvironmentKey, Change> change, TimeSpan timeout,
        Action<WorkDoneProgress>? report, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var key = await FindKeyAsync(findKey, timeout, cancellationToken).ConfigureAwait(false);
        var left = timeout - time.GetElapsedTime(began);
        return left > TimeSpan.Zero
            ? await RunProtectedAsync(change(key), left, report, cancellationToken).ConfigureAwait(false)
            : throw errors.LeftEarly(LeaveReason.TimedOut); // the machine was asleep in the meantime
    }

    private async Task<EnvironmentKey> FindKeyAsync(
        Func<CancellationToken, Task<EnvironmentKey>> findKey, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            return await errors.ReadBeforeChangeAsync(() => findKey(either.Token)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw errors.LeftEarly(cancellationToken.IsCancellationRequested ? LeaveReason.Cancelled : LeaveReason.TimedOut);
        }
    }

    private async Task<EnvironmentInfo> RunProtectedAsync(
        Change change, TimeSpan timeout, Action<WorkDoneProgress>? report, CancellationToken cancellationToken)
    {
        if (environments.UnderWay(change.Key) is { } other)
            throw errors.Failure(change, new ChangeAnswer.Busy(other), publisher.NameOf(change.Key));
        using var protection = memory.Protect(change) ?? throw errors.BusyElsewhere(publisher.NameOf(change.Key));
        if (protection.Missing is { } reason)
        {
            if (change is Connect { AllowUnprotected: false })
                throw errors.Unprotected(publisher.NameOf(change.Key), reason);
            ServerLog.Unprotected(log, change.Verb, change.Key.EnvironmentId, reason);
        }

        change.Bounds?.Reserve();
        if (change is Connect connect && listener.Asked(connect) is { } obstacle)
        {
            change.Bounds?.NotApplied(mayHaveBegun: false);
            throw errors.LeaseNotStored(publisher.NameOf(change.Key), obstacle);
        }

        try
        {
            var done = await RunOnActorAsync(change, protection, timeout, report, cancellationToken).ConfigureAwait(false);
            return done with { Unprotected = protection.Missing };
        }
        catch (MethodException e) when (protection.Missing is not null && e.ErrorData is { } data)
        {
            throw new MethodException(e.Code, e.Message, data with { Unprotected = protection.Missing }) { Answer = e.Answer };
        }
    }

    private async Task<EnvironmentInfo> RunOnActorAsync(
        Change change, ChangeProtection protection, TimeSpan timeout, Action<WorkDoneProgress>? report, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var usual = Usual(change);
        var progress = report is null ? null : new ChangeProgress(change, errors.Phrases, report, usual, time);
        var answer = await environments.RunAsync(change, timeout, usual, progress, protection.HandOver(), cancellationToken).ConfigureAwait(false);
        if (answer is not ChangeAnswer.Done done)
        {
            var failure = answer is ChangeAnswer.Withheld { Environment: var now } && change.Bounds?.Check(now) is { } refusal
                ? ErrorMessages.Bounded(refusal, now)
                : errors.Failure(change, answer, publisher.NameOf(change.Key));
            failure.Answer = answer;
            if (failure.ErrorData?.Outcome == Outcomes.NotApplied)
            {
                change.Bounds?.NotApplied(mayHaveBegun: answer is ChangeAnswer.SettledElsewhere);
                if (change is Connect failed)
                    listener.NotConnected(failed);
            }

            throw failure;
        }

        change.Bounds?.Done(done.Environment);

        if (change is Connect connect)
        {
            listener.Connected(connect, done.Environment);
            if (connect.Wait == Wait.Settled)
                memory.Durations.Learn(change.Key.AccountId, connect.Connection.NodePoolId, time.GetElapsedTime(began));
        }

        return done.Environment;
    }

    private TimeSpan? Usual(Change change) =>
        change is Connect connect ? memory.Durations.Usual(change.Key.AccountId, connect.Connection.NodePoolId) : null;
}
