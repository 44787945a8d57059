using Companion.Gateway;
using Companion.Server.Changes;
using Polly;
using Polly.CircuitBreaker;

namespace Companion.Server.Environments;

/// <summary>Asks the gateway for an environment when it is due, and again while it does not answer, as long as the budget lasts.</summary>
internal sealed class EnvironmentPoller
{
    private static readonly TimeSpan Forever = TimeSpan.FromHours(2); // longer than the gateway can ask to wait

    private readonly EnvironmentReader _reader;
    private readonly WatchBatcher _rounds;
    private readonly RequestRateLimiter _pace;
    private readonly QuestionRetry _retry;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ResiliencePipeline _breaker;

    /// <summary>Makes the circuit breaker.</summary>
    /// <param name="random">Returns values from 0 up to, but not including, 1.</param>
    public EnvironmentPoller(
        EnvironmentReader reader, WatchBatcher rounds, RequestRateLimiter pace, QuestionRetry retry, TimeProvider time, Func<double> random)
    {
        (_reader, _rounds, _pace, _retry, _time, _random) = (reader, rounds, pace, retry, time, random);
        _breaker = new ResiliencePipelineBuilder { TimeProvider = new MonotonicTime(time) }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Many environments that are asked for at once must not each find out that the gateway is down.
                ShouldHandle = static a => ValueTask.FromResult(
                    a.Outcome.Exception is GatewayException fault && RetryRules.IsPassing(fault) && !RequestRateLimiter.IsRateLimited(fault)),
                FailureRatio = 0.9,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(10),
            })
            .Build();
    }

    /// <summary>Asks.</summary>
    /// <param name="left">The caller's remaining time. A wait that would exceed it isn't started.</param>
    /// <param name="onNoResponse">Called before each retry.</param>
    /// <exception cref="GatewayException">It did not answer within the budget, or answered what time does not mend.</exception>
    public async Task<Observation> AskAsync(
        EnvironmentKey key, EnvironmentAction.Ask ask, TimeSpan left, Action onNoResponse, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(left, _time);
        await PauseAsync(ask, cancellationToken).ConfigureAwait(false);

        GatewayException? last = null;
        var budget = new Deadline(ask.Budget, _time);
        try
        {
            return await _retry.AskAsync(
                token => _breaker.ExecuteAsync(
                    async t =>
                    {
                        try
                        {
                            _pace.Prioritize(ask.IsUrgent ? RequestPriority.ChangeLook : RequestPriority.Poll, PatienceOf(ask, budget, deadline));
                            return await AskOnceAsync(key, ask, t).ConfigureAwait(false);
                        }
                        catch (GatewayException fault)
                        {
                            last = fault;
                            throw;
                        }
                    },
                    token).AsTask(),
                budget,
                deadline,
                onNoResponse,
                cancellationToken).ConfigureAwait(false);
        }
        catch (ExecutionRejectedException)
        {
            throw last ?? NotAsked();
        }
    }

    // Never earlier than asked for, as the gateway may have named the time, and a little later at random.
    private async Task PauseAsync(EnvironmentAction.Ask ask, CancellationToken cancellationToken)
    {
        var isSoon = !_pace.IsCautious && !(ask.IsForWatching && _rounds.IsInBackground);
        var delay = isSoon ? ask.After : ask.Seldom;
        if (delay > TimeSpan.Zero)
            await _time.WaitAsync(delay * (1 + (PollDelays.Jitter * _random())), cancellationToken).ConfigureAwait(false);
        if (isSoon && ask.Seldom > ask.After)
            await _pace.SpacePollAsync(ask.Seldom - ask.After, cancellationToken).ConfigureAwait(false);
    }

    private Task<Observation> AskOnceAsync(EnvironmentKey key, EnvironmentAction.Ask ask, CancellationToken cancellationToken) => ask switch
    {
        { IsForWatching: false } => _reader.GetAsync(key, cancellationToken),
        { IsSingle: true } => _rounds.GetSingleAsync(key, cancellationToken),
        _ => _rounds.GetAsync(key, cancellationToken),
    };

    // What is only watched is asked for once, whenever its turn comes.
    private static TimeSpan PatienceOf(EnvironmentAction.Ask ask, Deadline budget, Deadline caller) =>
        ask.IsForWatching ? Forever : budget.LeftWithin(caller);

    private GatewayException NotAsked() => _pace.Delay(RequestPriority.ChangeLook) is var wait && wait > TimeSpan.Zero
        ? RequestRateLimiter.RateLimited(wait)
        : new GatewayException(GoogleRpcCode.Unavailable, FaultKind.Timeout, "The gateway does not answer.");
}
