using System.Linq.Expressions;
using Companion.Gateway.Api;
using Companion.Gateway.Credentials;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Bounds;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Companion.Server.Rpc;
using Companion.Server.Scheduling;
using Companion.Server.Sessions;
using Companion.Server.Storage;
using Companion.Server.Tests.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Bounds;

/// <summary>A machine with the user's file, on which servers run for different clients, with the real methods and a gateway that does what it's told.</summary>
internal sealed class BoundedMachine : IDisposable
{
    public const string Environment = "train-a";

    private readonly TemporaryFolder _home = new();
    private readonly List<ServerMethods> _servers = [];
    private readonly Dictionary<string, GatewayEnvironment> _environments = [];
    private int _changes;

    public BoundedMachine()
    {
        Time.SetLocalTimeZone(TimeZoneInfo.Utc);
        foreach (var id in new[] { Environment, "train-b", "train-c" })
            _environments[id] = Described(id, "DISCONNECTED", connection: null);
        Gateway.Setup(g => g.GetEnvironmentAsync("acme", It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns((string _, string id, CancellationToken _) =>
            {
                Reads++;
                return Task.FromResult(_environments[id] with { RequestedAt = Time.GetTimestamp() });
            });
        Gateway.Setup(Connect).Returns(async (string _, string id, GatewayConnectEnvironmentBody body, CancellationToken _) =>
        {
            Connects.Add(body.Connection!);
            await AnswerConnect!(id, body.Connection!);
        });
        Gateway.Setup(g => g.DisconnectEnvironmentAsync("acme", It.IsAny<string>(), It.IsAny<GatewayDisconnectEnvironmentBody>(), It.IsAny<CancellationToken>()))
            .Returns((string _, string id, GatewayDisconnectEnvironmentBody _, CancellationToken _) =>
            {
                Disconnects.Add(id);
                Set(id, "DISCONNECTED", connection: null);
                return Task.CompletedTask;
            });
        AnswerConnect = Connected;
    }

    public TestTimeProvider Time { get; } = new();

    public Mock<IGateway> Gateway { get; } = new(MockBehavior.Strict);

    /// <summary>The storage folder of all clients.</summary>
    public MemoryStore Storage { get; } = new();

    /// <summary>Where reservations are.</summary>
    public MemoryStore Ledger { get; } = new();

    public Func<string, GatewayRequestedConnection, Task> AnswerConnect { get; set; }

    public List<GatewayRequestedConnection> Connects { get; } = [];

    public List<string> Disconnects { get; } = [];

    public int Reads { get; private set; }

    public string BoundsPath => Path.Combine(_home.Path, ".fireworks", "companion-bounds.json");

    public IReadOnlyList<Reservation> Reservations => new ReservationStore(Ledger).Read();

    public static Expression<Func<IGateway, Task>> Connect => static g => g.ConnectEnvironmentAsync(
        It.IsAny<string>(), It.IsAny<string>(), It.IsAny<GatewayConnectEnvironmentBody>(), It.IsAny<CancellationToken>());

    /// <summary>Starts a server.</summary>
    public ServerMethods Start(string? actor, IDurableStore? storage = null, string? locale = null)
    {
        var file = new BoundsFile(Mock.Of<IProcessEnvironment>(environment => environment.HomeDirectory == _home.Path));
        IClient client = new NoClient();
        var server = new ServerMethods(
            client,
            settings => new SessionMemory(storage ?? Storage, settings.Gateway.ToString(), Time),
            (settings, memory) => new GatewaySession(
                (_, _) => Gateway.Object, new RequestRateLimiter(Time), Key, settings, memory, client, new NoTimers(), static _ => [], file,
                new ReservationStore(Ledger), Time, static () => 0, new LogLines()),
            static () => null);
        _servers.Add(server);
        server.Initialize(new InitializeParams
        {
            Locale = locale,
            InitializationOptions = new InitializationOptions { GatewayUrl = "https://gateway.example", AccountId = "acme", Actor = actor },
        });
        return server;

        static ConfiguredKey Key() => new(new KeyInUse("fw_test_0123456789", "acme", KeySources.File, "/home/ana/.fireworks/auth.ini"));
    }

    /// <summary>Writes the user's file.</summary>
    public void Write(string bounds)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(BoundsPath)!);
        File.WriteAllText(BoundsPath, bounds);
    }

    /// <summary>Changes an environment at the gateway.</summary>
    public void Set(string id, string state, GatewayEnvironmentConnection? connection) => _environments[id] = Described(id, state, connection);

    /// <summary>The gateway connects an environment at once.</summary>
    public Task Connected(string id, GatewayRequestedConnection asked)
    {
        Set(id, "CONNECTED", new GatewayEnvironmentConnection { NodePoolId = asked.NodePoolId, NumRanks = asked.NumRanks ?? 1 });
        return Task.CompletedTask;
    }

    /// <summary>Lets time pass, with each timer on the way.</summary>
    public void Pass(TimeSpan by)
    {
        var step = TimeSpan.FromSeconds(5);
        for (var left = by; left > TimeSpan.Zero; left -= step)
            Time.Advance(left < step ? left : step);
    }

    public void Dispose()
    {
        _servers.ForEach(static server => server.Dispose());
        _home.Dispose();
    }

    private GatewayEnvironment Described(string id, string state, GatewayEnvironmentConnection? connection) => new()
    {
        Name = $"accounts/acme/clusters/c/environments/{id}",
        State = state,
        Connection = connection,
        UpdateTime = Time.GetUtcNow().AddMilliseconds(++_changes - 1000),
    };
}
