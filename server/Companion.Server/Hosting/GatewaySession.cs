using Companion.Gateway;
using Companion.Server.Accounts;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Hosting;

/// <summary>The object graph of an open session. It is built by the first method that needs the gateway, not at start-up.</summary>
internal sealed class GatewaySession : IDisposable
{
    /// <summary>Builds the graph.</summary>
    /// <param name="gatewayFor">The gateway as the owner of a key sees it, with what asks it again, or null to ask once.</param>
    /// <param name="pace">How fast it may be asked.</param>
    /// <param name="givenKey">Finds the key that is there without anybody signing in.</param>
    /// <param name="settings">What <c>initialize</c> settled.</param>
    /// <param name="memory">What outlives the process.</param>
    /// <param name="client">The other side.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Numbers from 0 to below 1, for jitter.</param>
    /// <param name="log">The log.</param>
    public GatewaySession(
        Func<Func<string?>, IQuestionRetry?, IGateway> gatewayFor,
        RequestPace pace,
        Func<GivenKey> givenKey,
        ServerSettings settings,
        SessionMemory memory,
        IClient client,
        TimeProvider time,
        Func<double> random,
        ILogger log)
    {
        var phrases = Phrases.For(settings.Locale);
        Advice = new Advice(
            settings.Gateway.ToString(), phrases, settings.Gateway.IsSandbox ? null : new NetworkAdvice(phrases, settings.Gateway, settings.Http, settings.Http.ProxyFor(settings.Gateway)));
        var retry = new QuestionRetry(pace, time, random);
        var whole = new WholeLists(client.TakenAsync);
        Accounts = new AccountSession(givenKey, key => gatewayFor(key, retry), settings.AccountId, Advice, time, whole);
        pace.Shared = memory.PaceOf(() => Accounts.KnownAccountId);
        Gateway = gatewayFor(() => Accounts.ApiKey, retry);
        var once = gatewayFor(() => Accounts.ApiKey, null); // for what EnvironmentMachine asks again by itself
        var news = new EnvironmentNews(client.EnvironmentChanged, memory, Advice, time);
        Reader = new EnvironmentReader(Gateway, news, time);
        Catalog = new EnvironmentCatalog(Gateway, whole);
        var reader = new EnvironmentReader(once, news, time);
        var rounds = new WatchRounds(once, reader, news);
        var questions = new GatewayQuestions(reader, rounds, pace, retry, time, random);
        Environments = new EnvironmentActors(key => new EnvironmentActor(key, once, questions, news, time), rounds, memory.Bell, time);
        Changes = new ChangeService(Environments, memory, Advice, time, log);
    }

    /// <summary>Opens the connection to the gateway ahead of the first question. Fails without a word: the question will tell.</summary>
    public Func<Task> OpenConnectionAsync { get; init; } = static () => Task.CompletedTask;

    /// <summary>The gateway as the key in use sees it.</summary>
    public IGateway Gateway { get; }

    /// <summary>Words for what the gateway answers.</summary>
    public Advice Advice { get; }

    /// <summary>Who is signed in.</summary>
    public AccountSession Accounts { get; }

    /// <summary>Asks for one environment.</summary>
    public EnvironmentReader Reader { get; }

    /// <summary>Lists what an account has.</summary>
    public EnvironmentCatalog Catalog { get; }

    /// <summary>Connects and disconnects.</summary>
    public ChangeService Changes { get; }

    /// <summary>The environments that the client changes or watches.</summary>
    public EnvironmentActors Environments { get; }

    /// <inheritdoc/>
    public void Dispose() => Environments.Dispose();
}
