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
    /// <param name="random">Returns values from 0 up to, but not including, 1.</param>
    public GatewaySession(
        Func<Func<string?>, IQuestionRetry?, IGateway> gatewayFor,
        RequestRateLimiter pace,
        Func<ConfiguredKey> givenKey,
        ServerSettings settings,
        SessionMemory memory,
        IClient client,
        TimeProvider time,
        Func<double> random,
        ILogger log)
    {
        var phrases = Phrases.For(settings.Locale);
        ErrorMessages = new ErrorMessages(
            settings.Gateway.ToString(), phrases, settings.Gateway.IsSandbox ? null : new NetworkErrorMessages(phrases, settings.Gateway, settings.Http, settings.Http.ProxyFor(settings.Gateway)));
        var retry = new QuestionRetry(pace, time, random);
        var whole = new WholeListReader(client.FlushAsync);
        Accounts = new AccountSession(givenKey, key => gatewayFor(key, retry), settings.AccountId, ErrorMessages, time, whole);
        pace.Shared = memory.RateLimitOf(() => Accounts.KnownAccountId);
        Gateway = gatewayFor(() => Accounts.ApiKey, retry);
        var once = gatewayFor(() => Accounts.ApiKey, null); // for what EnvironmentMachine asks again by itself
        var news = new EnvironmentChangePublisher(client.EnvironmentChanged, memory, ErrorMessages, time);
        Reader = new EnvironmentReader(Gateway, news, time);
        Catalog = new EnvironmentCatalog(Gateway, whole);
        var reader = new EnvironmentReader(once, news, time);
        var rounds = new WatchBatcher(once, reader, news);
        var questions = new EnvironmentPoller(reader, rounds, pace, retry, time, random);
        Environments = new EnvironmentActors(key => new EnvironmentActor(key, once, questions, news, time), rounds, memory.Bell, time);
        Changes = new ChangeService(Environments, memory, ErrorMessages, time, log);
    }

    /// <summary>Opens the connection to the gateway ahead of the first question. Fails without a word: the question will tell.</summary>
    public Func<Task> OpenConnectionAsync { get; init; } = static () => Task.CompletedTask;

    /// <summary>The gateway as the key in use sees it.</summary>
    public IGateway Gateway { get; }

    /// <summary>Words for what the gateway answers.</summary>
    public ErrorMessages ErrorMessages { get; }

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
