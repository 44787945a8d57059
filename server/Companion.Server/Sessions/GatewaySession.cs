using Companion.Gateway.Api;
using Companion.Server.Accounts;
using Companion.Server.Bounds;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Leases;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Companion.Server.Planning;
using Companion.Server.Scheduling;
using Companion.Server.Storage;
using Companion.Server.Usage;
using Companion.Server.Waiting;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Sessions;

/// <summary>The object graph of an open session. Created by the first method that needs the gateway, not at startup.</summary>
internal sealed class GatewaySession : IDisposable
{
    /// <summary>Creates the object graph.</summary>
    /// <param name="timerCommandFor">Returns the command line for a timer's id. Copies this program if necessary.</param>
    /// <param name="boundsFile">The user's bounds.</param>
    /// <param name="reservations">What's in use within bounds.</param>
    /// <param name="random">Returns values from 0 up to, but not including, 1.</param>
    public GatewaySession(
        Func<Func<string?>, IReadRetry?, IGateway> gatewayFor,
        RequestRateLimiter rateLimiter,
        Func<ConfiguredKey> configuredKey,
        ServerSettings settings,
        SessionMemory memory,
        IClient client,
        IUserTimers timers,
        Func<string, IReadOnlyList<string>> timerCommandFor,
        BoundsFile boundsFile,
        ReservationStore reservations,
        TimeProvider time,
        Func<double> random,
        ILogger log)
    {
        var phrases = Phrases.For(settings.Locale);
        ErrorMessages = new ErrorMessages(
            settings.Gateway.ToString(), phrases, settings.Gateway.IsSandbox ? null : new NetworkErrorMessages(phrases, settings.Gateway, settings.Http, settings.Http.ProxyFor(settings.Gateway)));
        var retry = new ReadRetry(rateLimiter, time, random);
        var listReader = new WholeListReader(client.FlushAsync);
        Accounts = new AccountSession(configuredKey, key => gatewayFor(key, retry), settings.AccountId, ErrorMessages, time, listReader);
        rateLimiter.Shared = memory.RateLimitOf(() => Accounts.KnownAccountId);
        Gateway = gatewayFor(() => Accounts.ApiKey, retry);
        var once = gatewayFor(() => Accounts.ApiKey, null); // for environments, each failed read of which is published
        ReservationBook? book = null;
        var publisher = new EnvironmentChangePublisher(
            changed =>
            {
                book!.Observe(changed);
                client.EnvironmentChanged(Leases!.Observe(changed));
                Waits!.Observe(changed);
                UsageRecorder!.Observe(changed);
            },
            memory,
            ErrorMessages,
            time);
        Reader = new EnvironmentReader(once, publisher, time, retry);
        var instanceTypes = new InstanceTypes();
        Catalog = new EnvironmentCatalog(Gateway, listReader)
        {
            EnvironmentsSeen = environments => UsageRecorder!.ObserveListed(environments),
            NodePoolsSeen = instanceTypes.Seen,
        };
        NodePoolUsages = new NodePoolUsageReader(once, rateLimiter);
        Planner = new ConnectPlanner(Reader, Catalog, ErrorMessages);
        var reader = new EnvironmentReader(once, publisher, time);
        var batcher = new WatchBatcher(once, reader, publisher, time);
        var poller = new EnvironmentPoller(reader, batcher, publisher, rateLimiter, retry, time, random);
        Environments = new EnvironmentActors(key => new EnvironmentActor(key, once, poller, publisher, time), batcher, memory.Signal, time);
        Leases = new LeaseBook(memory, publisher, () => Accounts.KnownAccountId, time);
        book = new ReservationBook(reservations, memory.Gateway, Leases.IsFree, () => Accounts.KnownAccountId, time);
        Bounds = new ClientBounds(settings.Actor, boundsFile, book, Gateway, Reader, publisher, ErrorMessages, time);
        Changes = new ChangeService(Environments, publisher, memory, Leases, ErrorMessages, time, log);
        LeaseKeeper = new LeaseKeeper(
            Leases, Changes, publisher, memory.Signal, () => Accounts.ApiKey is not null, () => Accounts.KnownAccountId, client.LeaseEnding, time, log)
        {
            IsActive = settings.KeepsEnds,
            IsOwn = settings.OnlyLease is { } only ? lease => SystemEnds.IsFor(only, memory, lease) : static _ => true,
        };
        SystemEnds = new SystemEnds(
            timers, timerCommandFor, TimerOptions.From(settings, phrases), memory, Leases, () => Accounts.Key, phrases, time, log);
        Leases.OnSystemEndOver = SystemEnds.RemoveLater;
        LeaseMethods = new LeaseMethods(Leases, SystemEnds, Reader, publisher, ErrorMessages, time);
        var usage = new UsageStore(memory.Store, memory.Gateway);
        UsageRecorder = new UsageRecorder(
            usage, key => Environments.UnderWay(key) is not null, instanceTypes, () => Accounts.KnownAccountId, time, log)
        {
            StartedBy = book.StartedBy,
        };
        UsageMethods = new UsageMethods(usage, UsageRecorder, ErrorMessages, time);
        Waits = new RoomWaits(Changes, new RoomFeed(once, NodePoolUsages, time, random), Reader, publisher, ErrorMessages, time, random);
        LeaseKeeper.Start();
    }

    /// <summary>Opens the connection to the gateway before the first request. Fails silently: the request reports errors.</summary>
    public Func<Task> OpenConnectionAsync { get; init; } = static () => Task.CompletedTask;

    /// <summary>The gateway, used with the current key.</summary>
    public IGateway Gateway { get; }

    public ErrorMessages ErrorMessages { get; }

    public AccountSession Accounts { get; }

    public EnvironmentReader Reader { get; }

    public EnvironmentCatalog Catalog { get; }

    public NodePoolUsageReader NodePoolUsages { get; }

    public ConnectPlanner Planner { get; }

    public ChangeService Changes { get; }

    /// <summary>The environments that the client changes or watches.</summary>
    public EnvironmentActors Environments { get; }

    /// <summary>The ends of connections.</summary>
    public LeaseBook Leases { get; }

    public LeaseKeeper LeaseKeeper { get; }

    /// <summary>The ends that the operating system keeps, too.</summary>
    public SystemEnds SystemEnds { get; }

    /// <summary>The history of connections.</summary>
    public UsageRecorder UsageRecorder { get; }

    public UsageMethods UsageMethods { get; }

    public LeaseMethods LeaseMethods { get; }

    /// <summary>What the client may do.</summary>
    public ClientBounds Bounds { get; }

    /// <summary>The connects that wait for room.</summary>
    public RoomWaits Waits { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        LeaseKeeper.Dispose();
        Environments.Dispose();
        UsageRecorder.Dispose();
    }
}
