using Companion.Gateway;
using Companion.Server.Environments;

namespace Companion.Server.Changes;

/// <summary>Carries out one change: does what <see cref="ChangeMachine"/> says and tells it what happened.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="reader">Asks for the environment, and lets everybody know what it saw.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeRunner(IGateway gateway, EnvironmentReader reader, TimeProvider time)
{
    /// <summary>Carries out a change.</summary>
    /// <param name="change">What to do.</param>
    /// <param name="timeout">How long the caller waits.</param>
    /// <param name="report">Is told each new state.</param>
    /// <param name="caller">The caller stops waiting. What is on its way to the gateway is not torn down.</param>
    /// <returns>
    /// <c>Answer</c>: what to tell the caller, as soon as that is known. <c>Over</c>: when nothing of it is left.
    /// </returns>
    public (Task<ChangeAnswer> Answer, Task Over) Run(
        Change change, TimeSpan timeout, Action<ChangeState> report, CancellationToken caller)
    {
        var answer = new TaskCompletionSource<ChangeAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (answer.Task, DriveAsync(change, timeout, report, answer, caller));
    }

    private async Task DriveAsync(
        Change change, TimeSpan timeout, Action<ChangeState> report, TaskCompletionSource<ChangeAnswer> answer, CancellationToken caller)
    {
        using var over = new CancellationTokenSource();
        try
        {
            var began = time.GetTimestamp();
            var leaving = CallerLeavesAsync(began, timeout, caller, over.Token);
            Task<ChangeEvent>? pending = null;
            var step = ChangeMachine.Begin(change);
            while (true)
            {
                report(step.State);
                if (step.Answer is { } told)
                    answer.TrySetResult(told);
                switch (step.Action)
                {
                    case ChangeAction.Stop:
                        return;
                    case ChangeAction.Ask ask:
                        pending = AskAsync(change.Key, ask.After, began, over.Token);
                        break;
                    case ChangeAction.Send:
                        pending = SendAsync(change, began);
                        break;
                }

                var first = step.State.Answered ? pending! : await Task.WhenAny(pending!, leaving).ConfigureAwait(false);
                step = ChangeMachine.Next(step.State, await first.ConfigureAwait(false));
            }
        }
        catch (Exception e)
        {
            answer.TrySetException(e); // a defect here must not leave the caller without an answer
        }
        finally
        {
            over.Cancel();
        }
    }

    private async Task<ChangeEvent> AskAsync(EnvironmentKey key, TimeSpan after, long began, CancellationToken stop)
    {
        if (after > TimeSpan.Zero)
            await Task.Delay(after, time, stop).ConfigureAwait(false);
        try
        {
            var environment = await reader.GetAsync(key, stop).ConfigureAwait(false);
            return new ChangeEvent.Observed(time.GetElapsedTime(began), environment);
        }
        catch (GatewayException fault)
        {
            return new ChangeEvent.NotObserved(time.GetElapsedTime(began), fault);
        }
    }

    // Without a token: a request that was begun is waited for, however long the gateway's own limit lets it last.
    private async Task<ChangeEvent> SendAsync(Change change, long began)
    {
        try
        {
            await change.SendAsync(gateway, CancellationToken.None).ConfigureAwait(false);
            return new ChangeEvent.Accepted(time.GetElapsedTime(began));
        }
        catch (GatewayException fault)
        {
            return new ChangeEvent.NotAccepted(time.GetElapsedTime(began), fault);
        }
    }

    private async Task<ChangeEvent> CallerLeavesAsync(long began, TimeSpan timeout, CancellationToken caller, CancellationToken over)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(caller, over);
        await Task.Delay(timeout, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var at = time.GetElapsedTime(began);
        return caller.IsCancellationRequested ? new ChangeEvent.Cancelled(at) : new ChangeEvent.TimedOut(at);
    }
}
