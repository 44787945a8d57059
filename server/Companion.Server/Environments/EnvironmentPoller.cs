using Companion.Gateway;
using Companion.Server.Changes;
using Companion.Server.Pacing;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Companion.Server.Environments;

/// <summary>Reads an environment when a read is due, and retries within a budget while the gateway doesn't respond.</summary>
internal sealed class EnvironmentPoller
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(2); // longer than any wait that the gateway can require

    private readonly EnvironmentReader _reader;
    private readonly WatchBatcher _batcher;
    private readonly EnvironmentChangePublisher _publisher;
    private readonly RequestRateLimiter _rateLimiter;
    private readonly ReadRetry _retry;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ResiliencePipeline _breaker;

    /// <summary>Creates the circuit breaker.</summary>
    /// <param name="random">Returns values from 0 up to, but not including, 1.</param>
    public EnvironmentPoller(
        EnvironmentReader reader, WatchBatcher batcher, EnvironmentChangePublisher publisher, RequestRateLimiter rateLimiter, ReadRetry retry,
        TimeProvider time, Func<double> random)
    {
        (_reader, _batcher, _publisher, _rateLimiter, _retry, _time, _random) = (reader, batcher, publisher, rateLimiter, retry, time, random);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = new MonotonicTime(time) }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // When many environments are read at once, they shouldn't each find out that the gateway is down.
                ShouldHandle = static a => ValueTask.FromResult(
                    a.Outcome.Exception is GatewayException fault && RetryRules.IsTemporary(fault) && !RequestRateLimiter.IsRateLimited(fault)),
                FailureRatio = 0.9,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(10),
            })
            .Build();
    }

    /// <summary>Reads an environment, after a delay and with retries.</summary>
    /// <param name="left">The caller's remaining time. A wait that would exceed it isn't started.</param>
    /// <param name="onNoResponse">Called before each retry.</param>
    /// <exception cref="GatewayException">The gateway didn't respond within the budget, or the error isn't temporary.</exception>
    public async Task<Observation> AskAsync(
        EnvironmentKey key, EnvironmentAction.Ask ask, TimeSpan left, Action onNoResponse, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(left, _time);
        await PauseAsync(ask, cancellationToken).ConfigureAwait(false);

        GatewayException? last = null;
        var asked = _time.GetTimestamp();
        var budget = new Deadline(ask.Budget, _time);
        try
        {
            return await _retry.ExecuteAsync(
                async token =>
                {
                    asked = _time.GetTimestamp();
                    try
                    {
                        return await _breaker.ExecuteAsync(
                            async t =>
                            {
                                _rateLimiter.Prioritize(ask.IsUrgent ? RequestPriority.ChangeRead : RequestPriority.Poll, PatienceOf(ask, budget, deadline));
                                return await AskOnceAsync(key, ask, t).ConfigureAwait(false);
                            },
                            token).ConfigureAwait(false);
                    }
                    catch (GatewayException fault)
                    {
                        last = fault;
                        throw;
                    }
                    catch (BrokenCircuitException)
                    {
                        _publisher.NotSeen(key, asked, NotAsked()); // the reader didn't get to publish it
                        throw;
                    }
                },
                budget,
                deadline,
                onNoResponse,
                cancellationToken).ConfigureAwait(false);
        }
        catch (ExecutionRejectedException rejected)
        {
            var fault = last ?? NotAsked();
            if (rejected is TimeoutRejectedException) // so the reader didn't get to publish the last attempt
                _publisher.NotSeen(key, asked, fault);
            throw fault;
        }
    }

    // Never earlier than requested, because the gateway may have specified the time, and randomly a little later.
    private async Task PauseAsync(EnvironmentAction.Ask ask, CancellationToken cancellationToken)
    {
        var isSoon = !_rateLimiter.IsCautious && !(ask.IsForWatching && _batcher.IsInBackground);
        var delay = isSoon ? ask.After : ask.Seldom;
        if (delay > TimeSpan.Zero)
            await _time.WaitAsync(delay * (1 + (PollDelays.Jitter * _random())), cancellationToken).ConfigureAwait(false);
        if (isSoon && ask.Seldom > ask.After)
            await _rateLimiter.SpacePollAsync(ask.Seldom - ask.After, cancellationToken).ConfigureAwait(false);
    }

    private Task<Observation> AskOnceAsync(EnvironmentKey key, EnvironmentAction.Ask ask, CancellationToken cancellationToken) => ask switch
    {
        { IsForWatching: false } => _reader.GetAsync(key, cancellationToken),
        { IsSingle: true } => _batcher.GetSingleAsync(key, cancellationToken),
        _ => _batcher.GetAsync(key, cancellationToken),
    };

    // A read for watching is attempted once, whenever its turn comes.
    private static TimeSpan PatienceOf(EnvironmentAction.Ask ask, Deadline budget, Deadline caller) =>
        ask.IsForWatching ? Forever : budget.LeftWithin(caller);

    private GatewayException NotAsked() => _rateLimiter.Delay(RequestPriority.ChangeRead) is var wait && wait > TimeSpan.Zero
        ? RequestRateLimiter.RateLimited(wait)
        : new GatewayException(GoogleRpcCode.Unavailable, FaultKind.Timeout, "The gateway isn't responding.");
}
