using Companion.Gateway;
using Companion.Server.Accounts;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Hosting;

/// <summary>The object graph of an open session. Created by the first method that needs the gateway, not at startup.</summary>
internal sealed class GatewaySession : IDisposable
{
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
        var once = gatewayFor(() => Accounts.ApiKey, null); // for reads that EnvironmentMachine itself retries
        var news = new EnvironmentChangePublisher(client.EnvironmentChanged, memory, ErrorMessages, time);
        Reader = new EnvironmentReader(Gateway, news, time);
        Catalog = new EnvironmentCatalog(Gateway, whole);
        var reader = new EnvironmentReader(once, news, time);
        var rounds = new WatchBatcher(once, reader, news);
        var questions = new EnvironmentPoller(reader, rounds, pace, retry, time, random);
        Environments = new EnvironmentActors(key => new EnvironmentActor(key, once, questions, news, time), rounds, memory.Bell, time);
        Changes = new ChangeService(Environments, memory, ErrorMessages, time, log);
    }

    /// <summary>Opens the connection to the gateway before the first request. Fails silently: the request reports errors.</summary>
    public Func<Task> OpenConnectionAsync { get; init; } = static () => Task.CompletedTask;

    /// <summary>The gateway, used with the current key.</summary>
    public IGateway Gateway { get; }

    public ErrorMessages ErrorMessages { get; }

    public AccountSession Accounts { get; }

    public EnvironmentReader Reader { get; }

    public EnvironmentCatalog Catalog { get; }

    public ChangeService Changes { get; }

    /// <summary>The environments that the client changes or watches.</summary>
    public EnvironmentActors Environments { get; }

    /// <inheritdoc/>
    public void Dispose() => Environments.Dispose();
}
