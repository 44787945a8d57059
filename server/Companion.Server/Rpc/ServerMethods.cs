using System.Text.Json;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Sessions;
using Companion.Server.Storage;

namespace Companion.Server.Rpc;

/// <summary>The methods that concern the session: each determines the account, then delegates.</summary>
internal class ServerMethods(
    IClient client,
    Func<ServerSettings, SessionMemory> remember,
    Func<ServerSettings, SessionMemory, GatewaySession> open,
    Func<FoundValue?> environmentBaseUrl) : IDisposable
{
    private const int MostWatched = 1000;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(30);

    private ServerSettings? _settings;
    private Lazy<GatewaySession>? _session;
    private int _watches;

    /// <summary>The settings from <c>initialize</c> and the environment.</summary>
    public ServerSettings Settings => _settings!;

    /// <summary>The session, created on first use.</summary>
    /// <exception cref="Errors.MethodException">A setting can't be used.</exception>
    public GatewaySession Session => _session!.Value;

    /// <summary>Opens the session.</summary>
    public InitializeResult Initialize(InitializeParams request)
    {
        var settings = _settings = ServerSettings.From(request, environmentBaseUrl());
        var memory = remember(settings);
        _session = new Lazy<GatewaySession>(() => open(settings, memory));
        return new InitializeResult
        {
            Capabilities = Empty.Value,
            ServerInfo = new ServerInfo { Name = ServerIdentity.Name, Version = ServerIdentity.Version },
            ProtocolVersion = ProtocolVersion.Current,
            Gateway = new GatewayInfo { Url = settings.Gateway.ToString(), Sandbox = settings.Gateway.IsSandbox },
            Unsettled = memory.Intents.FindUnsettled() is { Count: > 0 } intents ? Describe(intents) : [],
        };
    }

    /// <summary>If there is a key, opens the connection to the gateway while the user is still choosing.</summary>
    public void Initialized() => _ = Task.Run(() => Session.OpenConnectionAsync());

    /// <summary>Plans a connect.</summary>
    public async Task<ConnectPlan> PlanConnectAsync(PlanConnectParams request, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(request.AccountId, request.EnvironmentId, cancellationToken).ConfigureAwait(false);
        var plan = await Session.Planner.PlanAsync(key, request.Connection, request.AcceptedRisks, cancellationToken).ConfigureAwait(false);
        return plan with { Environment = Session.Leases.With(plan.Environment) };
    }

    /// <summary>Connects an environment, at once or when there is room.</summary>
    public async Task<EnvironmentInfo> ConnectAsync(ConnectParams request, CancellationToken cancellationToken)
    {
        Session.LeaseMethods.Check(request.Lease);
        if (request.BySystem != true)
            return await ConnectCoreAsync(request, cancellationToken).ConfigureAwait(false);
        if (request is not { Lease: not null, Wait: not Wait.Accepted })
            throw new MethodException(MethodException.InvalidParams, "params.bySystem requires params.lease, and params.wait can't be accepted.");
        var key = await Session.ErrorMessages.ReadBeforeChangeAsync(
            () => KeyAsync(request.AccountId, request.EnvironmentId, cancellationToken)).ConfigureAwait(false);
        await Session.LeaseMethods.CheckSystemAsync(key, cancellationToken).ConfigureAwait(false);
        var connected = await ConnectCoreAsync(request, cancellationToken).ConfigureAwait(false);
        await Session.LeaseMethods.LetSystemKeepAsync(key).ConfigureAwait(false);
        return Session.Leases.With(connected);
    }

    public Task<EnvironmentInfo> DisconnectAsync(DisconnectParams request, CancellationToken cancellationToken)
    {
        var boundsOf = Session.Bounds.ForDisconnect(request);
        return ChangeAsync(
            limited => KeyAsync(request.AccountId, request.EnvironmentId, limited),
            key => new Disconnect(key, request.Wait ?? Wait.Settled, request.Force, request.ResetSnapshots) { Bounds = boundsOf(key) },
            request.TimeoutSeconds,
            request.WorkDoneToken,
            cancellationToken);
    }

    /// <summary>Sets or clears the end of a connection.</summary>
    public async Task<EnvironmentInfo> SetLeaseAsync(SetLeaseParams request, CancellationToken cancellationToken)
    {
        Session.LeaseMethods.Check(request.Lease);
        var key = await KeyAsync(request.AccountId, request.EnvironmentId, cancellationToken).ConfigureAwait(false);
        var lease = request.Lease;
        var bounds = Session.Bounds.ForLease(key, ref lease);
        return await Session.LeaseMethods.SetAsync(key, lease, request.BySystem, bounds, cancellationToken).ConfigureAwait(false);
    }

    public Task<ListEnvironmentsResult> ListEnvironmentsAsync(ListEnvironmentsParams request, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var accountId = await Session.Accounts.AccountIdAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        if (request.PartialResultToken is not { } token)
            return new ListEnvironmentsResult { Environments = Session.Leases.With(await Session.Catalog.ListEnvironmentsAsync(accountId, cancellationToken).ConfigureAwait(false)) };
        await foreach (var page in Session.Catalog.ListEnvironmentPagesAsync(accountId, cancellationToken).ConfigureAwait(false))
            await SendPartAsync(token, new ListEnvironmentsResult { Environments = Session.Leases.With(page) }, cancellationToken).ConfigureAwait(false);
        return new ListEnvironmentsResult { Environments = [] };
    });

    public Task<ListNodePoolsResult> ListNodePoolsAsync(ListNodePoolsParams request, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var accountId = await Session.Accounts.AccountIdAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        if (request.PartialResultToken is not { } token)
            return new ListNodePoolsResult { NodePools = await Session.Catalog.ListNodePoolsAsync(accountId, cancellationToken).ConfigureAwait(false) };
        await foreach (var page in Session.Catalog.ListNodePoolPagesAsync(accountId, cancellationToken).ConfigureAwait(false))
            await SendPartAsync(token, new ListNodePoolsResult { NodePools = page }, cancellationToken).ConfigureAwait(false);
        return new ListNodePoolsResult { NodePools = [] };
    });

    public Task<NodePoolUsage> GetNodePoolUsageAsync(GetNodePoolUsageParams request, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var accountId = await Session.Accounts.AccountIdAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        return await Session.NodePoolUsages.GetAsync(accountId, request.NodePoolId, request.MaxNodeCount, cancellationToken).ConfigureAwait(false);
    });

    public Task<ListRolesResult> ListRolesAsync(ListRolesParams request, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        var accountId = await Session.Accounts.AccountIdAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        return new ListRolesResult { Roles = await Session.Catalog.ListRolesAsync(accountId, cancellationToken).ConfigureAwait(false) };
    });

    /// <summary>Reads one environment.</summary>
    public async Task<EnvironmentInfo> GetEnvironmentAsync(GetEnvironmentParams request, CancellationToken cancellationToken)
    {
        var key = await KeyAsync(request.AccountId, request.EnvironmentId, cancellationToken).ConfigureAwait(false);
        var seen = await AskAsync(() => Session.Reader.GetAsync(key, cancellationToken), key).ConfigureAwait(false);
        return Session.Leases.With(seen.Environment);
    }

    /// <summary>What was observed of connections.</summary>
    public async Task<UsageInfo> GetUsageAsync(GetUsageParams request, CancellationToken cancellationToken)
    {
        var range = Session.UsageMethods.Check(request);
        var accountId = await Session.Accounts.AccountIdAsync(request.AccountId, cancellationToken).ConfigureAwait(false);
        return Session.UsageMethods.Get(accountId, range, request.GroupBy);
    }

    /// <summary>Deletes the history of connections.</summary>
    public Empty ClearUsage()
    {
        Session.Bounds.RefuseAgent("clearUsage");
        Session.UsageMethods.Clear();
        return Empty.Value;
    }

    /// <summary>Watches some environments, or none.</summary>
    public async Task<Empty> WatchEnvironmentsAsync(WatchEnvironmentsParams request, CancellationToken cancellationToken)
    {
        if (request.Environments.Count > MostWatched)
            throw new MethodException(MethodException.InvalidParams, $"params.environments must have at most {MostWatched} environments.");
        var turn = Interlocked.Increment(ref _watches);
        var keys = new List<EnvironmentKey>(request.Environments.Count);
        foreach (var watched in request.Environments)
        {
            if (watched is null)
                throw new MethodException(MethodException.InvalidParams, "params.environments must contain objects with an environmentId, not null.");
            keys.Add(await KeyAsync(watched.AccountId, watched.EnvironmentId, cancellationToken).ConfigureAwait(false));
        }

        if (turn == Volatile.Read(ref _watches)) // otherwise a later call has replaced this one
        {
            Session.Environments.Watch(keys, request.InBackground == true);
            Session.LeaseKeeper.Reload();
        }

        return Empty.Value;
    }

    public async Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken)
    {
        Session.Bounds.RefuseAgent("signIn");
        var account = await Session.Accounts.SignInAsync(request, cancellationToken).ConfigureAwait(false);
        Session.Waits.EndAll(WaitEnd.SignedInAgain);
        Session.LeaseKeeper.KeyChanged();
        return account;
    }

    public Empty SignOut()
    {
        Session.Bounds.RefuseAgent("signOut");
        Interlocked.Increment(ref _watches);
        Session.Waits.EndAll(WaitEnd.SignedOut);
        Session.Environments.SignOut();
        Session.SystemEnds.ReleaseAll();
        Session.Accounts.SignOut();
        Session.LeaseKeeper.KeyChanged();
        return Empty.Value;
    }

    /// <summary>Stops watching, and waiting for room. Other pending requests are still answered.</summary>
    public void ShutDown()
    {
        if (_session is { IsValueCreated: true })
        {
            Session.LeaseKeeper.Dispose();
            Session.Waits.EndAll(WaitEnd.Stopped);
            Session.Environments.Watch([]);
            Session.UsageRecorder.Flush();
        }
    }

    /// <summary>The signed-in account.</summary>
    public Task<AccountInfo?> GetAccountAsync(CancellationToken cancellationToken) => Session.Accounts.GetAccountAsync(cancellationToken);

    public async Task<ListAccountsResult> ListAccountsAsync(ListAccountsParams request, CancellationToken cancellationToken) =>
        new() { Accounts = await Session.Accounts.ListAsync(request.ApiKey, cancellationToken).ConfigureAwait(false) };

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_session is { IsValueCreated: true })
            Session.Dispose();
    }

    private Task<EnvironmentInfo> ConnectCoreAsync(ConnectParams request, CancellationToken cancellationToken)
    {
        var bounds = Session.Bounds.ForConnect(request);
        return request.WaitForCapacity is not { } wait
            ? ChangeAsync(FindKeyAsync, ConnectOf, request.TimeoutSeconds, request.WorkDoneToken, cancellationToken)
            : WithLeaseAsync(() => Session.Waits.ConnectAsync(
                wait,
                FindKeyAsync,
                ConnectOf,
                TimeoutOf(request.TimeoutSeconds),
                ReportTo(request.WorkDoneToken),
                cancellationToken));

        async Task<EnvironmentKey> FindKeyAsync(CancellationToken limited)
        {
            var key = await KeyAsync(request.AccountId, request.EnvironmentId, limited).ConfigureAwait(false);
            if (bounds is not null)
                await bounds.PrepareAsync(key, limited).ConfigureAwait(false);
            return key;
        }

        Connect ConnectOf(EnvironmentKey key) => new(key, request.Wait ?? Wait.Settled, request.Connection, request.VscodeVersion ?? _settings!.VscodeVersion)
        {
            AllowUnprotected = request.AllowUnprotected ?? false,
            Lease = request.Lease,
            Attempt = Guid.NewGuid(),
            Bounds = bounds,
        };
    }

    private Task SendPartAsync(JsonElement token, ProgressValue part, CancellationToken cancellationToken)
    {
        client.Progress(token, part);
        return client.FlushAsync(cancellationToken);
    }

    private Task<EnvironmentInfo> ChangeAsync(
        Func<CancellationToken, Task<EnvironmentKey>> findKey, Func<EnvironmentKey, Change> change, int? timeoutSeconds, JsonElement? token,
        CancellationToken cancellationToken) => WithLeaseAsync(() => Session.Changes.RunAsync(
            findKey,
            key =>
            {
                Session.Waits.Replace(key);
                return change(key);
            },
            TimeoutOf(timeoutSeconds),
            ReportTo(token),
            cancellationToken));

    private static TimeSpan TimeoutOf(int? seconds) => seconds is { } given ? TimeSpan.FromSeconds(given) : DefaultTimeout;

    private Action<WorkDoneProgress>? ReportTo(JsonElement? token) => token is { } t ? value => client.Progress(t, value) : null;

    private async Task<EnvironmentInfo> WithLeaseAsync(Func<Task<EnvironmentInfo>> run)
    {
        try
        {
            return Session.Leases.With(await run().ConfigureAwait(false));
        }
        catch (MethodException e) when (e.ErrorData is { Environment: { } environment } data)
        {
            throw new MethodException(e.Code, e.Message, data with { Environment = Session.Leases.With(environment) });
        }
    }

    private static IReadOnlyList<UnsettledChange> Describe(IReadOnlyList<Intent> intents) =>
    [
        .. intents.Select(static i => new UnsettledChange
        {
            AccountId = i.AccountId,
            EnvironmentId = i.EnvironmentId,
            Change = i.Verb,
            Since = i.Since,
        }),
    ];

    private async Task<EnvironmentKey> KeyAsync(string? accountId, string environmentId, CancellationToken cancellationToken)
    {
        var key = new EnvironmentKey(await Session.Accounts.AccountIdAsync(accountId, cancellationToken).ConfigureAwait(false), environmentId);
        Session.LeaseKeeper.Asked(key.AccountId);
        return key;
    }

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, EnvironmentKey? key = null) =>
        await Session.ErrorMessages.ReadAsync(ask, key).ConfigureAwait(false); // async, because opening the session can fail
}
