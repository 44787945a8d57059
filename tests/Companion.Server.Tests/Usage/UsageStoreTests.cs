using Companion.Server.Changes;
using Companion.Server.Storage;
using Companion.Server.Tests.Storage;
using Companion.Server.Tests.Support;
using Companion.Server.Usage;

namespace Companion.Server.Tests.Usage;

[TestClass]
public sealed class UsageStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_connection_is_kept_for_the_next_process_and_only_for_this_gateway()
    {
        Assert.IsNull(Store().Apply([Look(0)], out _));
        Assert.AreEqual(Noon, Store().ReadOpen().Single().From);
        Assert.IsNull(Store().Apply([Look(1), Look(2, "DISCONNECTED")], out _));
        Assert.IsEmpty(Store().ReadOpen());
        Assert.AreEqual((Noon, Noon.AddMinutes(2)), Store().ReadEnded(Noon, Noon).Select(static row => (row.From, row.Until)).Single());
        Assert.IsEmpty(Store("https://b.example/").ReadEnded(Noon, Noon));
    }

    [TestMethod]
    public void An_ended_connection_is_in_the_month_of_its_end()
    {
        Store().Apply([Look(0), Look(24 * 60 * 40), Look((24 * 60 * 40) + 1, "DISCONNECTED")], out _);
        Assert.IsEmpty(Store().ReadEnded(Noon, Noon));
        Assert.HasCount(1, Store().ReadEnded(Noon, Noon.AddMonths(2)));
        Assert.HasCount(1, Directory.GetFiles(_folder.State, "v1.usage.2027-01.*"));
    }

    [TestMethod]
    public void What_was_not_moved_to_its_month_yet_is_neither_lost_nor_counted_twice()
    {
        var store = new MemoryStore();
        var usage = new UsageStore(store, "https://a.example/");
        usage.Apply([Look(0)], out _);
        usage.Apply([Look(1, "DISCONNECTED")], out _);
        var month = Name("2026-11");
        var open = Name("open");
        store.Change(open, _ => store.Read(month)); // as if the process had ended between the two writes
        Assert.HasCount(1, usage.ReadEnded(Noon, Noon));
        store.Change(month, static _ => null);
        Assert.HasCount(1, usage.ReadEnded(Noon, Noon));
        usage.Apply([Look(2), Look(3, "DISCONNECTED")], out _);
        Assert.HasCount(2, usage.ReadEnded(Noon, Noon));
        Assert.IsNull(store.Read(open));

        static string Name(string part) => StoreNames.Usage("https://a.example/", part);
    }

    [TestMethod]
    public void Environments_without_a_connection_write_nothing()
    {
        Assert.IsNull(Store().Apply([Look(0, "DISCONNECTED"), Look(1, "CONNECTING")], out _));
        Assert.IsFalse(Directory.Exists(_folder.State));
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{\"version\":1,\"open\":null,\"ended\":[]}")]
    [DataRow("{\"version\":1,\"open\":[null],\"ended\":[null]}")]
    [DataRow("{\"version\":1,\"open\":[{\"accountId\":\"acme\",\"environm")]
    public void A_damaged_history_is_replaced(string text)
    {
        Write(text);
        Assert.IsEmpty(Store().ReadOpen());
        Assert.IsNull(Store().Apply([Look(1)], out _));
        Assert.HasCount(1, Store().ReadOpen());
    }

    [TestMethod]
    public void Of_two_open_connections_of_an_environment_the_first_counts()
    {
        Write("");
        Store().Apply([Look(0)], out _);
        var text = File.ReadAllText(FindOpen());
        var row = text[text.IndexOf('[')..(text.IndexOf(']') + 1)].Trim('[', ']');
        File.WriteAllText(FindOpen(), text.Replace(row, $"{row},{row}", StringComparison.Ordinal));
        Assert.HasCount(1, Store().ReadOpen());
        Assert.IsNull(Store().Apply([Look(1, "DISCONNECTED")], out _));
        Assert.HasCount(1, Store().ReadEnded(Noon, Noon));
    }

    [TestMethod]
    public void A_history_of_a_newer_version_is_not_changed()
    {
        const string Later = "{\"version\":2,\"whatever\":[]}";
        Write(Later);
        Assert.IsEmpty(Store().ReadOpen());
        StringAssert.Contains(Store().Apply([Look(1)], out _), "newer version");
        Assert.AreEqual(Later, File.ReadAllText(FindOpen()));
    }

    [TestMethod]
    public void No_more_is_stored_than_can_be_read_again()
    {
        var many = Enumerable.Range(0, 5_000).Select(number =>
        {
            var key = new EnvironmentKey("acme", $"environment-with-a-long-name-{number}");
            var environment = Samples.Environment("CONNECTED", 1, "h100-8x") with { EnvironmentId = key.EnvironmentId };
            return new UsageLook(key, Noon, environment);
        });
        Assert.IsNull(Store().Apply([Look(0)], out _));
        StringAssert.Contains(Store().Apply([.. many], out _), "full");
        Assert.HasCount(1, Store().ReadOpen());
    }

    [TestMethod]
    public void A_deleted_history_does_not_come_back()
    {
        Store().Apply([Look(0), Look(1, "DISCONNECTED"), Look(2)], out _);
        Assert.IsNull(Store().Clear(Noon.AddYears(-5), Noon.AddMinutes(10)));
        Assert.IsEmpty(Store().ReadOpen());
        Assert.IsEmpty(Store().ReadEnded(Noon.AddYears(-5), Noon));
        Store().Apply([Look(11, since: 2)], out _);
        Assert.AreEqual(Noon.AddMinutes(10), Store().ReadOpen().Single().From);
    }

    [TestMethod]
    public void Five_years_of_connections_are_read_by_month()
    {
        var store = new MemoryStore();
        var usage = new UsageStore(store, "https://a.example/");
        for (var month = 0; month < 60; month++)
        {
            var at = Noon.AddMonths(-month);
            usage.Apply([.. Enumerable.Range(0, 100).SelectMany(number => new[]
            {
                Look(0, at: at.AddMinutes(2 * number)), Look(0, "DISCONNECTED", at: at.AddMinutes((2 * number) + 1)),
            })], out _);
        }

        Assert.HasCount(6_000, usage.ReadEnded(Noon.AddYears(-5), Noon.AddDays(1)));
        Assert.HasCount(200, usage.ReadEnded(Noon.AddMonths(-1), Noon.AddDays(1)));
    }

    [TestMethod]
    public void Without_a_usable_folder_there_is_a_reason()
    {
        Assert.IsFalse(new UsageStore(new NoStore(), "https://a.example/").IsKept);
        File.WriteAllText(_folder.State, "");
        Assert.IsNotNull(Store().Apply([Look(0)], out _));
    }

    private UsageStore Store(string gateway = "https://a.example/") => new(new FolderStore(_folder.Path), gateway);

    private string FindOpen() => Directory.GetFiles(_folder.State, "v1.usage.open.*").Single();

    private void Write(string text)
    {
        Store().Apply([Look(0)], out _);
        File.WriteAllText(FindOpen(), text);
    }

    private static UsageLook Look(double minutes, string state = "CONNECTED", double? since = null, DateTimeOffset? at = null) => new(
        Samples.Key,
        (at ?? Noon).AddMinutes(minutes),
        Samples.Environment(state, 1, "h100-8x") with { StateSince = since is { } start ? Noon.AddMinutes(start) : null });
}
