using Companion.Gateway;
using Companion.Server.Accounts;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Hosting;

/// <summary>The object graph of an open session. It is built by the first method that needs the gateway, not at start-up.</summary>
internal sealed class GatewaySession : IDisposable
{
    /// <summary>Builds the graph.</summary>
    /// <param name="gatewayFor">The gateway as the owner of a key sees it.</param>
    /// <param name="givenKey">The key that is there without anybody signing in, or null.</param>
    /// <param name="settings">What <c>initialize</c> settled.</param>
    /// <param name="client">The other side.</param>
    /// <param name="time">The clock.</param>
    public GatewaySession(
        Func<Func<string?>, IGateway> gatewayFor, Func<KeyInUse?> givenKey, ServerSettings settings, IClient client, TimeProvider time)
    {
        Advice = new Advice(settings.Gateway.ToString());
        Accounts = new AccountSession(givenKey, gatewayFor, settings.AccountId, Advice);
        Gateway = gatewayFor(() => Accounts.ApiKey);
        var reader = new EnvironmentReader(Gateway, new EnvironmentNews(client.EnvironmentChanged, Advice), time);
        var underWay = new ChangesUnderWay();
        Reader = reader;
        Catalog = new EnvironmentCatalog(Gateway, time);
        Changes = new ChangeService(Gateway, reader, underWay, Advice, time);
        Watch = new EnvironmentWatch(reader, underWay, time);
    }

    /// <summary>Words for what the gateway answers.</summary>
    public Advice Advice { get; }

    /// <summary>Who is signed in.</summary>
    public AccountSession Accounts { get; }

    /// <summary>The gateway with the key in use.</summary>
    public IGateway Gateway { get; }

    /// <summary>Asks for one environment.</summary>
    public EnvironmentReader Reader { get; }

    /// <summary>Lists what an account has.</summary>
    public EnvironmentCatalog Catalog { get; }

    /// <summary>Connects and disconnects.</summary>
    public ChangeService Changes { get; }

    /// <summary>Keeps the client told.</summary>
    public EnvironmentWatch Watch { get; }

    /// <inheritdoc/>
    public void Dispose() => Watch.Dispose();
}
