using Companion.Gateway;
using Companion.Server.Accounts;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Hosting;

/// <summary>The object graph of an open session. It is built by the first method that needs the gateway, not at start-up.</summary>
internal sealed class GatewaySession : IDisposable
{
    private readonly GatewayAccess _access;

    /// <summary>Builds the graph.</summary>
    public GatewaySession(GatewayAccess access, ServerSettings settings, IClient client, TimeProvider time)
    {
        _access = access;
        Advice = new Advice(settings.Gateway.ToString());
        Accounts = new AccountSession(access.GivenKey, access.GatewayFor, settings.AccountId, Advice);
        Gateway = access.GatewayFor(() => Accounts.ApiKey);
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
    public void Dispose()
    {
        Watch.Dispose();
        _access.Dispose();
    }
}
