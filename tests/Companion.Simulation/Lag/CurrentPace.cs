using System.Net;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Pacing;
using Companion.Server.Sessions;
using Companion.Server.Storage;
using Companion.Simulation.Schedules;
using Companion.Simulation.World;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.Simulation.Lag;

/// <summary>
/// Follows a change with the server's own code, from <see cref="EnvironmentActor"/> to the HTTP client, on the simulated clock.
/// </summary>
internal sealed class CurrentPace : HttpMessageHandler
{
    private const string Url = "https://gateway.example";
    private static readonly EnvironmentKey Key = new("acme", "train-a");

    private readonly LagCase _case;
    private readonly SimTime _time = new();
    private readonly RateLimit _limit;
    private readonly List<TimeSpan> _polls = [];
    private TimeSpan? _began;
    private TimeSpan? _seen;

    private CurrentPace(LagCase lagCase) => (_case, _limit) = (lagCase, new RateLimit(lagCase.Limit));

    private TimeSpan Now => TimeSpan.FromTicks(_time.Now);

    private bool IsOver => Now - _began >= _case.Duration;

    /// <summary>Follows a change until its end is known.</summary>
    public static LagResult Replay(LagCase lagCase)
    {
        using var replay = new CurrentPace(lagCase);
        return replay.Run();
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isChange = request.Method == HttpMethod.Post;
        if (!isChange && _began is not null)
            _polls.Add(Now);
        await TravelAsync().ConfigureAwait(false);
        var isAdmitted = _limit.Admits(Now);
        var state = _began is null ? EnvironmentStates.Disconnected : IsOver ? EnvironmentStates.Connected : EnvironmentStates.Connecting;
        if (isAdmitted && isChange)
            _began = Now;
        await TravelAsync().ConfigureAwait(false);
        return new HttpResponseMessage(isAdmitted ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests)
        {
            Content = new StringContent(
                !isAdmitted ? """{"code":8,"message":"Too many requests."}"""
                : isChange ? "{}"
                : $$"""{"name":"accounts/acme/clusters/c/environments/train-a","state":"{{state}}","connection":{"nodePoolId":"h100-8x","numRanks":8} }"""),
        };
    }

    private LagResult Run()
    {
        var clock = new SimClock(_time, new SimMachine(_time), static () => true);
        var settings = ServerSettings.From(
            new InitializeParams { InitializationOptions = new InitializationOptions { GatewayUrl = Url } }, baseUrl: null);
        var pace = new RequestRateLimiter(clock);
        var access = new GatewayAccess(
            this, settings, new CredentialSources(new NoVariables()), new SecretMask(), pace, clock, NullLogger.Instance);
        var gateway = access.GatewayFor(static () => "fw_test_key", retry: null);
        var news = new EnvironmentChangePublisher(Tell, new SessionMemory(new NoStore(), Url, clock), new ErrorMessages(Url, new Phrases()), clock);
        var reader = new EnvironmentReader(gateway, news, clock);
        var rounds = new WatchBatcher(gateway, reader, news, clock);
        var random = new SimRandom(_case.Seed);
        var questions = new EnvironmentPoller(reader, rounds, news, pace, new ReadRetry(pace, clock, random.Fraction), clock, random.Fraction);
        using var actor = new EnvironmentActor(Key, gateway, questions, news, clock);
        if (_case.Limit == AccountLimit.Known)
            pace.OnTooManyRequests();
        if (_case.Waiting == Waiting.Watching)
        {
            _began = Now;
            rounds.Watch([Key], inBackground: false);
            actor.Watch(true);
        }
        else
        {
            var connect = new Connect(Key, Wait.Settled, new ConnectionParams { NodePoolId = "h100-8x", NumRanks = 8 }, VscodeVersion: null);
            _ = actor.RunAsync(connect, TimeSpan.FromHours(2), _case.Expected, progress: null, static _ => { }, CancellationToken.None);
        }

        while (_seen is null && _time.Step(TimeSpan.FromHours(2).Ticks))
        {
        }

        return new LagResult(_seen!.Value - _began!.Value - _case.Duration, _polls);
    }

    private void Tell(EnvironmentChangedParams reported)
    {
        if (reported.Environment?.State == EnvironmentStates.Connected)
            _seen ??= Now;
    }

    private Task TravelAsync()
    {
        var arrived = new TaskCompletionSource();
        _time.After(LagCase.RoundTrip.Ticks / 2, arrived.SetResult);
        return arrived.Task;
    }

    private sealed class NoVariables : IProcessEnvironment
    {
        public string? HomeDirectory => null;

        public string? GetVariable(string name) => null;
    }
}
