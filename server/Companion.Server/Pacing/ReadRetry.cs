using Companion.Gateway;
using Companion.Gateway.Api;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Companion.Server.Pacing;

/// <summary>Retries reads with backoff and jitter while the gateway doesn't respond, within the budget of the call.</summary>
internal sealed class ReadRetry : IReadRetry
{
    /// <summary>How long to retry a read that someone waits for. A response in flight is still awaited after that.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    private static readonly ResiliencePropertyKey<Question> Asked = new("question");

    private readonly RequestRateLimiter _rateLimiter;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>Creates the retry pipeline.</summary>
    /// <param name="random">Returns values from 0 up to, but not including, 1.</param>
    public ReadRetry(RequestRateLimiter rateLimiter, TimeProvider time, Func<double> random)
    {
        (_rateLimiter, _time) = (rateLimiter, time);
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = new MonotonicTime(time) }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static a => ValueTask.FromResult(Of(a.Context).Limit) })
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = static a => ValueTask.FromResult(IsWorthwhile(Of(a.Context), a.Outcome.Exception, a.AttemptNumber)),
                MaxRetryAttempts = int.MaxValue,
                DelayGenerator = static _ => ValueTask.FromResult<TimeSpan?>(TimeSpan.Zero),
                OnRetry = async a =>
                {
                    Of(a.Context).OnNoResponse();

                    // Polly's own delay ends a canceled call later and on another thread.
                    var delay = Delay(a.Outcome.Exception, a.AttemptNumber) * (1 + (PollDelays.Jitter * random()));
                    await time.WaitAsync(delay, a.Context.CancellationToken).ConfigureAwait(false);
                },
            })
            .Build();
    }

    /// <inheritdoc/>
    public Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var budget = new Deadline(Budget, _time);
        var isRepeated = false;
        return ExecuteAsync(
            async token =>
            {
                // If a retry doesn't fit into the remaining time, the user is told at once.
                if (isRepeated)
                    _rateLimiter.Prioritize(RequestPriority.Read, budget.Left);
                isRepeated = true;
                return await ask(token).ConfigureAwait(false);
            },
            new Question(budget, budget, TimeSpan.Zero, static () => { }),
            cancellationToken);
    }

    /// <summary>Reads within a budget that also ends the last attempt.</summary>
    /// <param name="budget">How long to retry; zero for a single attempt without a limit.</param>
    /// <param name="onNoResponse">Called before each retry.</param>
    /// <exception cref="GatewayException">The error of the last attempt.</exception>
    /// <exception cref="ExecutionRejectedException">The budget ended the last attempt, or a circuit breaker prevented it.</exception>
    public Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> ask, Deadline budget, Deadline caller, Action onNoResponse, CancellationToken cancellationToken)
        where T : class => ExecuteAsync(ask, new Question(budget, caller, budget.Limit, onNoResponse), cancellationToken);

    private async Task<T> ExecuteAsync<T>(Func<CancellationToken, Task<T>> ask, Question question, CancellationToken cancellationToken)
        where T : class
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Asked, question);
        try
        {
            return await _pipeline.ExecuteAsync(static async (c, ask) => await ask(c.CancellationToken).ConfigureAwait(false), context, ask).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Question Of(ResilienceContext context) => context.Properties.GetValue(Asked, null!);

    // A wait that the budget or the caller's time limit would cut short isn't started.
    private static bool IsWorthwhile(Question question, Exception? thrown, int attempt) => thrown switch
    {
        GatewayException fault when RetryRules.Named(fault) is { } named => RetryRules.IsTemporary(fault) && named < question.Budget.LeftWithin(question.Caller),
        GatewayException fault => RetryRules.IsTemporary(fault) && LongestBackoff(attempt) < question.Budget.Left,
        _ => thrown is BrokenCircuitException && LongestBackoff(attempt) < question.Budget.Left,
    };

    private static TimeSpan LongestBackoff(int attempt) => PollDelays.Backoff(attempt) * (1 + PollDelays.Jitter);

    private static TimeSpan Delay(Exception? thrown, int attempt) =>
        (thrown is GatewayException fault ? RetryRules.Named(fault) : null) ?? PollDelays.Backoff(attempt);

    /// <summary>One call with all its attempts.</summary>
    /// <param name="Limit">When to end the current attempt; zero for never.</param>
    private sealed record Question(Deadline Budget, Deadline Caller, TimeSpan Limit, Action OnNoResponse);
}
