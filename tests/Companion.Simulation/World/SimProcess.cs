using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Sandbox;
using Companion.Server.Bounds;
using Companion.Server.Changes;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Companion.Server.Rpc;
using Companion.Server.Scheduling;
using Companion.Server.Sessions;
using Companion.Server.Storage;
using Companion.Simulation.Schedules;
using Microsoft.Extensions.Logging.Abstractions;

namespace Companion.Simulation.World;

/// <summary>One server process: the real methods and everything behind them, on the simulated clock and network.</summary>
internal sealed class SimProcess
{
    private const string GatewayUrl = "https://gateway.example";

    /// <summary>Starts a server.</summary>
    /// <param name="slot">The index of its client, from 0.</param>
    /// <param name="number">1 for the first one of the run.</param>
    public SimProcess(SimWorld world, int slot, int number)
    {
        (World, Slot) = (world, slot);
        IClient client = new SimClient(world, this);
        client = world.Mutant?.Client?.Invoke(client) ?? client;
        IDurableStore store = world.Schedule.HasStorage ? world.Store.For(this) : new NoStore();
        store = world.Mutant?.Store?.Invoke(store) ?? store;
        var random = new SimRandom(SimRandom.Hash(world.Schedule.Latency, 2, (ulong)number));
        Clock = new SimClock(world.Time, world.Machine, () => IsAlive);

        // The equivalent of the server's Program.cs. Never disposed, because a process ends by being killed.
        var methods = new ServerMethods(client, settings => new SessionMemory(store, settings.Gateway.ToString(), Clock), Open, static () => null);
        var server = new RealServer(methods);
        Server = world.Mutant?.Server?.Invoke(server, this) ?? server;
        var initialized = methods.Initialize(new InitializeParams
        {
            InitializationOptions = new InitializationOptions
            {
                GatewayUrl = GatewayUrl,
                AccountId = world.Schedule.AccountIsGiven ? SandboxData.MainAccountId : null,
            },
        });
        Unsettled = [.. initialized.Unsettled.Select(static change => new Key(change.AccountId, change.EnvironmentId))];

        GatewaySession Open(ServerSettings settings, SessionMemory memory)
        {
            var pace = world.Mutant?.Pace?.Invoke(this) ?? new RequestRateLimiter(Clock);
            var access = new GatewayAccess(
                new SimNetwork(world, this), settings, new CredentialSources(new Variables()), new SecretMask(), pace, Clock, NullLogger.Instance);
            var session = new GatewaySession(
                (key, retry) => world.Mutant?.Gateway?.Invoke(access.GatewayFor(key, retry), this) ?? access.GatewayFor(key, retry),
                pace, access.FindKey, settings, memory, client, new NoTimers(), static _ => [], new BoundsFile(new Variables()), new ReservationStore(store: null),
                Clock, random.Fraction, NullLogger.Instance);
            _underWay = session.Environments.UnderWay;
            return session;
        }
    }

    private readonly AnnouncedRateLimit _toldPace = new();
    private Func<EnvironmentKey, Change?> _underWay = static _ => null;

    public SimWorld World { get; }

    /// <summary>Its client.</summary>
    public int Slot { get; }

    /// <summary>False once it's killed. From then on, none of its code runs.</summary>
    public bool IsAlive { get; private set; } = true;

    /// <summary>Its clock.</summary>
    public SimClock Clock { get; }

    /// <summary>Its methods.</summary>
    public ISimServer Server { get; }

    /// <summary>The changes that it reports at startup because earlier servers started and didn't end them.</summary>
    public IReadOnlyList<Key> Unsettled { get; }

    /// <summary>Its pending requests.</summary>
    public List<Exchange> InFlight { get; } = [];

    /// <summary>Its answered reads that describe environments.</summary>
    public List<Exchange> Descriptions { get; } = [];

    /// <summary>Its reads of an environment with the gateway's own "not found".</summary>
    public List<Exchange> NotFounds { get; } = [];

    /// <summary>The last notification about each environment.</summary>
    public Dictionary<Key, EnvironmentChangedParams> News { get; } = [];

    /// <summary>The rate limits that the gateway has specified: to any process, if they share a folder.</summary>
    public AnnouncedRateLimit AnnouncedRateLimit => World.Schedule.HasStorage ? World.AnnouncedRateLimit : _toldPace;

    /// <summary>When the client last signed out, in true time.</summary>
    public long? SignedOutAt { get; set; }

    /// <summary>Whether another key than the main account's was ever used.</summary>
    public bool ChangedKey { get; set; }

    /// <summary>Whether it's disconnecting an environment because the end of its connection has come.</summary>
    public bool IsEnding(Key key) =>
        _underWay(new EnvironmentKey(key.AccountId, key.EnvironmentId)) is Disconnect { Only: not null };

    /// <summary>Whether it's changing an environment, for whatever reason.</summary>
    public bool IsChanging(Key key) => IsAlive && _underWay(new EnvironmentKey(key.AccountId, key.EnvironmentId)) is not null;

    /// <summary>The same for any environment.</summary>
    public bool IsEndingAny => World.Gateway.KeysOf(SandboxData.MainAccountId).Any(IsEnding);

    /// <summary>Kills it.</summary>
    public void Kill() => IsAlive = false;

    private sealed class Variables : IProcessEnvironment
    {
        public string? HomeDirectory => null;

        public string? GetVariable(string name) => name == "FIREWORKS_API_KEY" ? SandboxKeys.Main : null;
    }
}
