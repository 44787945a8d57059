using Companion.Server.Changes;
using Companion.Server.Leases;
using Companion.Server.Storage;
using Companion.Server.Tests.Storage;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Leases;

[TestClass]
public sealed class LeaseStoreTests : IDisposable
{
    private const string GatewayA = "https://a.example/";

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly Lease Lease = new("acme", "train-a")
    {
        Kept = new KeptEnd(new ConnectionFingerprint("h100-8x", 8, "r", "z", Noon), Noon, Noon.AddHours(1))
        {
            Stage = LeaseStage.Ending, MadeUpAt = Noon, Missed = Noon, Noticed = 30, Tries = 2, NotBefore = Noon,
        },
        Asked = new AskedEnd(new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"), Samples.Connect().Connection, Noon)
        {
            Until = Noon, DurationSeconds = 60, StateBefore = "CONNECTED", UpdateTimeBefore = Noon,
        },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Everything_is_kept_for_the_next_process_and_only_for_this_gateway()
    {
        Assert.IsNull(Store(GatewayA).Change(Samples.Key, static _ => Lease, out var all));
        Assert.AreEqual(Lease, all.Values.Single());
        Assert.AreEqual(Lease, Store(GatewayA).Read().Values.Single());
        Assert.IsEmpty(Store("https://b.example/").Read());
        Assert.IsNull(Store(GatewayA).Change(Samples.Key, static lease => lease == Lease ? null : Lease, out _));
        Assert.IsEmpty(Directory.GetFiles(_folder.State, "v1.leases.*"));
    }

    [TestMethod]
    public void A_lease_without_its_optional_members_is_kept_too()
    {
        var bare = new Lease("acme", "train-a") { Kept = new KeptEnd(new ConnectionFingerprint("cpu", null, null, null, null), Noon, Noon) };
        Assert.IsNull(Store(GatewayA).Change(Samples.Key, _ => bare, out _));
        Assert.AreEqual(bare, Store(GatewayA).Read().Values.Single());
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{\"version\":1,\"leases\":[{\"accountId\":\"acme\",\"environm")]
    [DataRow("{\"version\":1,\"leases\":null}")]
    [DataRow("{\"version\":1,\"leases\":[null]}")]
    [DataRow("{\"version\":1,\"leases\":[{\"accountId\":null,\"environmentId\":\"e\"}]}")]
    [DataRow("{\"version\":1,\"leases\":[{\"accountId\":\"a\",\"environmentId\":\"e\",\"kept\":{\"connection\":{\"nodePoolId\":\"p\",\"numRanks\":null,\"role\":null,\"zone\":null,\"updateTime\":null},\"since\":\"2026-11-28T12:00:00+00:00\",\"until\":\"2026-11-28T13:00:00+00:00\",\"stage\":\"Whatever\"}}]}")]
    [DataRow("{\"version\":1,\"leases\":[{\"accountId\":\"a\",\"environmentId\":\"e\"}]}")]
    public void Damaged_or_half_written_leases_are_ignored_and_replaced(string text)
    {
        Write(text);
        Assert.IsEmpty(Store(GatewayA).Read());
        Assert.IsNull(Store(GatewayA).Change(Samples.Key, static _ => Lease, out _));
        Assert.AreEqual(Lease, Store(GatewayA).Read().Values.Single());
    }

    [TestMethod]
    public void Leases_of_a_newer_version_are_not_changed()
    {
        const string Later = "{\"version\":2,\"whatever\":[]}";
        Write(Later);
        Assert.IsEmpty(Store(GatewayA).Read());
        StringAssert.Contains(Store(GatewayA).Change(Samples.Key, static _ => Lease, out _), "newer version");
        Assert.AreEqual(Later, File.ReadAllText(FindFile()));
    }

    [TestMethod]
    public void Without_a_usable_folder_there_is_a_reason()
    {
        StringAssert.Contains(new LeaseStore(new NoStore(), GatewayA).Change(Samples.Key, static _ => Lease, out _), "storage folder");
        File.WriteAllText(_folder.State, "");
        Assert.IsNotNull(Store(GatewayA).Change(Samples.Key, static _ => Lease, out _));
    }

    [TestMethod]
    public void No_more_leases_are_stored_than_can_be_read_again()
    {
        var store = Store(GatewayA);
        var big = Lease with { Kept = Lease.Kept! with { Connection = Lease.Kept.Connection with { Role = new string('r', 300 * 1024) } } };
        Assert.IsNull(store.Change(Samples.Key, _ => big, out _));
        StringAssert.Contains(
            store.Change(new EnvironmentKey("acme", "eval-c"), _ => big with { EnvironmentId = "eval-c" }, out _), "too many");
        Assert.HasCount(1, store.Read());
    }

    private LeaseStore Store(string gateway) => new(new FolderStore(_folder.Path), gateway);

    private string FindFile() => Directory.GetFiles(_folder.State, "v1.leases.*").Single();

    private void Write(string text)
    {
        Store(GatewayA).Change(Samples.Key, static _ => Lease, out _);
        File.WriteAllText(FindFile(), text);
    }
}
