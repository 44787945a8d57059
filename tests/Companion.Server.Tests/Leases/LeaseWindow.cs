using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Leases;
using Companion.Server.Scheduling;
using Companion.Server.Sessions;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Leases;

/// <summary>The part of a server that keeps leases, with the real changes behind it.</summary>
internal sealed class LeaseWindow : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(30);

    private static readonly ServerSettings Settings =
        new() { Gateway = GatewayUrl.TryParse("https://gateway.example", out var url, out _) ? url : GatewayUrl.Default, StoragePath = "/home/ana/.companion" };

    public LeaseWindow(
        IGateway gateway, IDurableStore store, TimeProvider time, bool hasKey = true, string accountId = "acme", IUserTimers? timers = null, bool isActive = true)
    {
        HasKey = hasKey;
        var memory = new SessionMemory(store, "https://gateway.example", time);
        var errors = new ErrorMessages("https://gateway.example", new Phrases());
        var publisher = Wiring.News(changed => News.Add(Leases!.Observe(changed)), time, memory);
        Leases = new LeaseBook(memory, publisher, () => HasKey ? accountId : null, time);
        Changes = new ChangeService(Wiring.Actors(gateway, time, memory, publisher), publisher, memory, Leases, errors, time, new LogLines());
        Keeper = new LeaseKeeper(
            Leases, Changes, publisher, memory.Signal, () => HasKey, () => HasKey ? accountId : null, Notices.Add, time, new LogLines())
        {
            IsActive = isActive,
        };
        Reader = new EnvironmentReader(gateway, publisher, time);
        var system = new SystemEnds(
            timers ?? new NoTimers(), static id => ["/copy/companion-server", "--end-lease", id], TimerOptions.From(Settings, errors.Phrases), memory, Leases, () => Key, errors.Phrases, time, new LogLines());
        Leases.OnSystemEndOver = key => Removing = system.RemoveAsync(key);
        Methods = new LeaseMethods(Leases, system, Reader, publisher, errors, time);
        Keeper.Start();
    }

    public bool HasKey { get; private set; }

    /// <summary>The key in use.</summary>
    public KeyInUse? Key { get; set; } = new("fw_test_key", "acme", KeySources.File, "/home/ana/.fireworks/auth.ini");

    /// <summary>Removes the timer that's no longer needed.</summary>
    public Task Removing { get; private set; } = Task.CompletedTask;

    public LeaseBook Leases { get; }

    public LeaseKeeper Keeper { get; }

    public ChangeService Changes { get; }

    public EnvironmentReader Reader { get; }

    public LeaseMethods Methods { get; }

    public List<EnvironmentChangedParams> News { get; } = [];

    public List<LeaseEndingParams> Notices { get; } = [];

    /// <summary>Connects as the server's method does.</summary>
    public async Task<EnvironmentInfo> ConnectAsync(LeaseParams? lease)
    {
        var connect = Samples.Connect() with { Lease = lease, Attempt = Guid.NewGuid() };
        return Leases.With(
            await Changes.RunAsync(_ => Task.FromResult(connect.Key), _ => connect, Timeout, report: null, CancellationToken.None));
    }

    public Task<EnvironmentInfo> SetAsync(LeaseParams? lease, bool? bySystem = null) =>
        Methods.SetAsync(Samples.Key, lease, bySystem, bounds: null, CancellationToken.None);

    public async Task<EnvironmentInfo> ReadAsync() => Leases.With((await Reader.GetAsync(Samples.Key, CancellationToken.None)).Environment);

    public void ChangeKey(bool hasKey)
    {
        HasKey = hasKey;
        Keeper.KeyChanged();
    }

    public void Dispose() => Keeper.Dispose();
}
