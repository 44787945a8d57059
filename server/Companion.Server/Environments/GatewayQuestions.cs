using Companion.Gateway;
using Companion.Server.Changes;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Companion.Server.Environments;

/// <summary>
/// Asks the gateway for an environment, and asks again with backoff and jitter while it does not answer, as long as the budget lasts.
/// </summary>
internal sealed class GatewayQuestions
{
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Forever = TimeSpan.FromHours(2); // longer than the gateway can ask to wait
    private static readonly ResiliencePropertyKey<Question> Asked = new("question");

    private readonly EnvironmentReader _reader;
    private readonly WatchRounds _rounds;
    private readonly RequestPace _pace;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly ResiliencePipeline<Observation> _pipeline;

    /// <summary>Makes the pipeline.</summary>
    /// <param name="reader">Asks once.</param>
    /// <param name="rounds">Asks once for what is only watched.</param>
    /// <param name="pace">How fast the gateway may be asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers from 0 to below 1, for the jitter.</param>
    public GatewayQuestions(EnvironmentReader reader, WatchRounds rounds, RequestPace pace, TimeProvider time, Func<double> random)
    {
        (_reader, _rounds, _pace, _time, _random) = (reader, rounds, pace, time, random);
        _pipeline = new ResiliencePipelineBuilder<Observation> { TimeProvider = new MonotonicTime(time) }
            .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = static a => ValueTask.FromResult(Of(a.Context).Budget.Limit) })
            .AddRetry(new RetryStrategyOptions<Observation>
            {
                ShouldHandle = static a => ValueTask.FromResult(IsWorthwhile(a.Context, a.Outcome.Exception)),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Randomizer = random,
                Delay = TimeSpan.FromSeconds(0.5),
                MaxDelay = LongestBackoff,
                DelayGenerator = static a => ValueTask.FromResult(a.Outcome.Exception is GatewayException fault ? Faults.Named(fault) : null),
                OnRetry = static a =>
                {
                    Of(a.Context).OnSilence();
                    return ValueTask.CompletedTask;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Observation>
            {
                // Many environments that are asked for at once must not each find out that the gateway is down.
                ShouldHandle = static a => ValueTask.FromResult(
                    a.Outcome.Exception is GatewayException fault && Faults.IsPassing(fault) && !RequestPace.IsTooEarly(fault)),
                FailureRatio = 0.9,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(10),
            })
            .Build();
    }

    /// <summary>Asks.</summary>
    /// <param name="key">For which environment.</param>
    /// <param name="ask">When, and how long at most.</param>
    /// <param name="left">What is left of the caller's time: a wait that lasts longer is not begun.</param>
    /// <param name="onSilence">Told each time that the gateway did not answer and is asked again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="GatewayException">It did not answer within the budget, or answered what time does not mend.</exception>
    public async Task<Observation> AskAsync(
        EnvironmentKey key, EnvironmentAction.Ask ask, TimeSpan left, Action onSilence, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(left, _time);
        await PauseAsync(ask, cancellationToken).ConfigureAwait(false);

        GatewayException? last = null;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        var question = new Question(new Deadline(ask.Budget, _time), deadline, onSilence);
        context.Properties.Set(Asked, question);
        try
        {
            return await _pipeline.ExecuteAsync(
                async c =>
                {
                    try
                    {
                        _pace.Prioritize(ask.IsUrgent ? RequestPriority.ChangeLook : RequestPriority.Poll, PatienceOf(ask, question));
                        return await AskOnceAsync(key, ask, c.CancellationToken).ConfigureAwait(false);
                    }
                    catch (GatewayException fault)
                    {
                        last = fault;
                        throw;
                    }
                },
                context).ConfigureAwait(false);
        }
        catch (ExecutionRejectedException)
        {
            throw last ?? NotAsked();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // Never earlier than asked for, as the gateway may have named the time, and a little later at random.
    private async Task PauseAsync(EnvironmentAction.Ask ask, CancellationToken cancellationToken)
    {
        var isSoon = !_pace.IsCautious && !(ask.IsForWatching && _rounds.IsInBackground);
        var delay = isSoon ? ask.After : ask.Seldom;
        if (delay > TimeSpan.Zero)
            await _time.WaitAsync(delay * (1 + (0.1 * _random())), cancellationToken).ConfigureAwait(false);
        if (isSoon && ask.Seldom > ask.After)
            await _pace.SpacePollAsync(ask.Seldom - ask.After, cancellationToken).ConfigureAwait(false);
    }

    private Task<Observation> AskOnceAsync(EnvironmentKey key, EnvironmentAction.Ask ask, CancellationToken cancellationToken) =>
        ask.IsForWatching ? _rounds.GetAsync(key, cancellationToken) : _reader.GetAsync(key, cancellationToken);

    // What is only watched is asked for once, whenever its turn comes.
    private static TimeSpan PatienceOf(EnvironmentAction.Ask ask, Question question) => ask.IsForWatching ? Forever : question.LeftForWait;

    private GatewayException NotAsked() => _pace.Delay(RequestPriority.ChangeLook) is var wait && wait > TimeSpan.Zero
        ? RequestPace.TooEarly(wait)
        : new GatewayException(GoogleRpcCode.Unavailable, FaultKind.Timeout, "The gateway does not answer.");

    private static Question Of(ResilienceContext context) => context.Properties.GetValue(Asked, null!);

    // A wait that the budget, or the caller's time, would cut short is not begun.
    private static bool IsWorthwhile(ResilienceContext context, Exception? thrown) => thrown switch
    {
        GatewayException fault when Faults.Named(fault) is { } named => Faults.IsPassing(fault) && named < Of(context).LeftForWait,
        GatewayException fault => Faults.IsPassing(fault) && LongestBackoff < Of(context).Budget.Left,
        _ => thrown is BrokenCircuitException && LongestBackoff < Of(context).Budget.Left,
    };

    /// <summary>One question, however often it is asked.</summary>
    /// <param name="Budget">How long it is asked; zero asks once.</param>
    /// <param name="Caller">The caller's time.</param>
    /// <param name="OnSilence">Told each time that there was no answer.</param>
    private sealed record Question(Deadline Budget, Deadline Caller, Action OnSilence)
    {
        public TimeSpan LeftForWait => Budget.Left < Caller.Left ? Budget.Left : Caller.Left;
    }

    /// <summary>A time limit that began when this was made.</summary>
    private sealed class Deadline(TimeSpan limit, TimeProvider time)
    {
        private readonly long _began = time.GetTimestamp();

        public TimeSpan Limit => limit;

        public TimeSpan Left => limit - time.GetElapsedTime(_began);
    }
}
