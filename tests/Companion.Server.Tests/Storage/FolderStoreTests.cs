using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;

namespace Companion.Server.Tests.Storage;

[TestClass]
public sealed class FolderStoreTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"companion-store-{Guid.NewGuid():N}");
    private readonly FolderStore _store;

    public FolderStoreTests() => _store = new FolderStore(_folder);

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [TestMethod]
    public void A_text_is_read_as_it_was_written_and_replaced_whole()
    {
        Assert.IsNull(_store.Read("a.json"));
        _store.Write("a.json", "one");
        _store.Write("a.json", "two");
        Assert.AreEqual("two", new FolderStore(_folder).Read("a.json"));
        CollectionAssert.AreEqual(new[] { "a.json" }, _store.Names("a").ToArray());
        _store.Delete("a.json");
        Assert.IsNull(_store.Read("a.json"));
        _store.Delete("a.json");
    }

    [TestMethod]
    public void What_a_kill_left_half_written_is_never_seen()
    {
        _store.Write("intent.a.json", "whole");
        File.WriteAllText(Path.Combine(_folder, "intent.b.json.0123.new"), "ha"); // as a kill before the rename leaves it
        CollectionAssert.AreEqual(new[] { "intent.a.json" }, _store.Names("intent.").ToArray());
    }

    [TestMethod]
    public void A_lock_is_one_holders()
    {
        using (var held = _store.TryLock("lock.a"))
        {
            Assert.IsNotNull(held);
            Assert.IsNull(new FolderStore(_folder).TryLock("lock.a"));
            using var other = _store.TryLock("lock.b");
            Assert.IsNotNull(other);
        }

        using var again = _store.TryLock("lock.a");
        Assert.IsNotNull(again);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_used_loses_what_is_kept_and_forbids_nothing()
    {
        File.WriteAllText(_folder + ".file", "");
        var store = new FolderStore(Path.Combine(_folder + ".file", "below"));
        store.Write("a", "one");
        Assert.IsNull(store.Read("a"));
        using var held = store.TryLock("lock.a");
        Assert.IsNotNull(held);
        File.Delete(_folder + ".file");
    }

    [TestMethod]
    public void An_intent_is_unsettled_only_when_nobody_is_at_it()
    {
        var time = new FakeTimeProvider();
        new IntentJournal(_store, time).Begin(Samples.Connect());
        using (_store.TryLock(StoreNames.Lock(Samples.Key)))
            Assert.IsEmpty(new IntentJournal(_store, time).FindUnsettled());

        var journal = new IntentJournal(_store, time);
        Assert.AreEqual(new Intent("acme", "train-a", "connect", time.GetUtcNow()), journal.FindUnsettled().Single());
        journal.Settle(Samples.Key);
        Assert.IsEmpty(new IntentJournal(_store, time).FindUnsettled());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[1]")]
    [DataRow("{\"a\":\"b\"}")]
    public void What_cannot_be_understood_is_nothing(string text)
    {
        _store.Write("intent.x.json", text);
        _store.Write(StoreNames.Durations, text);
        Assert.IsEmpty(new IntentJournal(_store, new FakeTimeProvider()).FindUnsettled());
        Assert.IsNull(new LearnedDurations(_store).Usual("acme", "h100-8x"));
    }

    [TestMethod]
    public void Durations_follow_the_last_few_times()
    {
        var durations = new LearnedDurations(_store);
        Assert.IsNull(durations.Usual("acme", "h100-8x"));
        durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(100));
        Assert.AreEqual(TimeSpan.FromSeconds(100), durations.Usual("acme", "h100-8x"));
        for (var i = 0; i < 12; i++)
            durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(200));
        Assert.AreEqual(200, new LearnedDurations(_store).Usual("acme", "h100-8x")!.Value.TotalSeconds, 1);
        Assert.IsNull(durations.Usual("other", "h100-8x"));
    }
}
