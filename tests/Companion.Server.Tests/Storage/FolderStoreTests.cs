using System.Runtime.Versioning;
using Companion.Server.Storage;

namespace Companion.Server.Tests.Storage;

[TestClass]
public sealed class FolderStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderStore _store;

    public FolderStoreTests() => _store = new FolderStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_value_is_read_as_it_was_written()
    {
        Assert.IsNull(_store.Read("a"));
        Assert.IsNull(_store.Change("a", static before => before + "one"));
        Assert.IsNull(_store.Change("a", static before => before + "+two"));
        Assert.AreEqual("one+two", new FolderStore(_folder.Path).Read("a"));
        Assert.IsNull(_store.Change("a", static _ => null));
        Assert.IsNull(_store.Read("a"));
    }

    [TestMethod]
    public void Twenty_simultaneous_changes_of_a_value_are_all_kept()
    {
        // Each store opens its own files. The operating system locks them against each other like those of different processes.
        var stores = Enumerable.Range(0, 20).Select(_ => new FolderStore(_folder.Path)).ToArray();
        var threads = Array.ConvertAll(stores, static store => new Thread(() => store.Change("a", static before => before + "x")));
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.AreEqual(new string('x', 20), _store.Read("a"));
    }

    [TestMethod]
    public void A_value_that_cannot_be_replaced_is_kept()
    {
        _store.Change("a", static _ => "one");
        Directory.CreateDirectory(Path.Combine(_folder.State, "v1.a.new"));
        Assert.IsNotNull(_store.Change("a", static _ => "two"));
        Assert.AreEqual("one", _store.Read("a"));
    }

    [TestMethod]
    [TestCategory("Windows")]
    [OSCondition(OperatingSystems.Windows)] // elsewhere, a file can be replaced while it's open
    public async Task A_value_is_replaced_as_soon_as_nobody_has_it_open()
    {
        _store.Change("a", static _ => "one");
        var scanner = File.Open(Path.Combine(_folder.State, "v1.a"), FileMode.Open, FileAccess.Read, FileShare.Read);
        var change = Task.Run(() => _store.Change("a", static _ => "two"));
        Assert.IsFalse(change.IsCompleted);
        await scanner.DisposeAsync();
        Assert.IsNull(await change);
        Assert.AreEqual("two", _store.Read("a"));
    }

    [TestMethod]
    [TestCategory("Windows")]
    [OSCondition(OperatingSystems.Windows)]
    public void A_value_that_stays_open_elsewhere_is_kept()
    {
        _store.Change("a", static _ => "one");
        using var scanner = File.Open(Path.Combine(_folder.State, "v1.a"), FileMode.Open, FileAccess.Read, FileShare.Read);
        Assert.IsNotNull(_store.Change("a", static _ => "two"));
        Assert.AreEqual("one", _store.Read("a"));
    }

    [TestMethod]
    [TestCategory("Windows")]
    [OSCondition(OperatingSystems.Windows)] // elsewhere, a lock file that was deleted no longer locks
    public void A_lock_file_that_is_held_cannot_be_deleted()
    {
        using var held = Take("a");
        Assert.ThrowsExactly<IOException>(() => File.Delete(Path.Combine(_folder.State, "change.a")));
        Assert.IsInstanceOfType<LockAttempt.Held>(new FolderStore(_folder.Path).TryLock("a"));
    }

    [TestMethod]
    public void A_path_of_more_than_260_characters_works()
    {
        var store = new FolderStore(Path.Combine([_folder.Path, .. Enumerable.Repeat(new string('f', 60), 5)]));
        Assert.IsNull(store.Change("a", static _ => "one"));
        Assert.AreEqual("one", store.Read("a"));
        using var held = ((LockAttempt.Taken)store.TryLock("b")).Lock;
        Assert.IsNull(held.Write("record"));
        CollectionAssert.AreEqual(new[] { "b" }, store.FindRecords().ToArray());
    }

    [TestMethod]
    public void A_lock_has_one_holder()
    {
        using (Take("a"))
        {
            Assert.IsInstanceOfType<LockAttempt.Held>(new FolderStore(_folder.Path).TryLock("a"));
            Take("b").Dispose();
        }

        Take("a").Dispose();
    }

    [TestMethod]
    public void A_record_outlives_its_lock_and_is_found_until_it_is_removed()
    {
        using (var held = Take("a"))
        {
            Assert.IsNull(held.Write("a long record"));
            Assert.IsNull(held.Write("short"));
        }

        CollectionAssert.AreEqual(new[] { "a" }, _store.FindRecords().ToArray());
        using (var held = Take("a"))
        {
            Assert.AreEqual("short", held.Read());
            Assert.IsNull(held.Write(null));
        }

        Assert.IsEmpty(_store.FindRecords());
    }

    [TestMethod]
    [DataRow("a file in place of the client's folder")]
    [DataRow("a link loop in its place")]
    [DataRow("a link to nowhere in its place")]
    [DataRow("a file in place of the store's folder")]
    [DataRow("a link in its place")]
    public void An_unusable_folder_never_counts_as_a_held_lock(string what)
    {
        PutInTheWay(what);
        var store = new FolderStore(_folder["client"]);
        var attempt = store.TryLock("a") as LockAttempt.Unusable;
        Assert.IsNotNull(attempt, what);
        StringAssert.Contains(attempt.Reason, _folder.Path, what);
        Assert.IsNotNull(store.Change("a", static _ => "one"), what);
        Assert.IsNull(store.Read("a"), what);
        Assert.IsEmpty(store.FindRecords(), what);
        store.SendSignal("a");
        using var listening = store.Listen(static _ => Assert.Fail("nobody can ring"));
    }

    [TestMethod]
    [DataRow("link")]
    [DataRow("pipe")]
    [DataRow("folder")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Only_a_regular_file_is_a_lock(string kind)
    {
        Take("a").Dispose();
        var path = Path.Combine(_folder.State, "change.a");
        Replace(path, kind);
        Assert.IsInstanceOfType<LockAttempt.Unusable>(_store.TryLock("a"));
        Assert.AreEqual("untouched", File.ReadAllText(_folder["elsewhere"]));
    }

    [TestMethod]
    [DataRow("link")]
    [DataRow("pipe")]
    [DataRow("folder")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void Only_regular_files_of_earlier_versions_are_imported(string kind)
    {
        Replace(_folder["intent.a.json"], kind);
        File.WriteAllText(_folder["intent.b.json"], "plain");
        Assert.IsEmpty(_store.TakeOver("intent.*.json").Where(static text => text != "plain"));
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [UnsupportedOSPlatform("windows")]
    public void Only_this_user_can_read_stored_data()
    {
        Directory.CreateDirectory(_folder.State);
        File.SetUnixFileMode(_folder.State, (UnixFileMode)0b111_111_111);
        Take("a").Dispose();
        _store.Change("value", static _ => "one");
        _store.SendSignal("text");
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.State));
        foreach (var path in Directory.EnumerateFiles(_folder.State))
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path), path);
    }

    private void PutInTheWay(string what)
    {
        var client = _folder["client"];
        switch (what)
        {
            case "a file in place of the client's folder":
                File.WriteAllText(client, "");
                return;
            case "a link loop in its place":
                File.CreateSymbolicLink(client, client);
                return;
            case "a link to nowhere in its place":
                File.CreateSymbolicLink(client, _folder["nowhere"]);
                return;
        }

        Directory.CreateDirectory(client);
        var state = Path.Combine(client, "state");
        if (what == "a link in its place")
            Directory.CreateSymbolicLink(state, _folder.Path);
        else
            File.WriteAllText(state, "");
    }

    private void Replace(string path, string kind)
    {
        File.Delete(path);
        File.WriteAllText(_folder["elsewhere"], "untouched");
        if (kind == "link")
            File.CreateSymbolicLink(path, _folder["elsewhere"]);
        else if (kind == "pipe")
            System.Diagnostics.Process.Start("mkfifo", [path]).WaitForExit();
        else
            Directory.CreateDirectory(path);
    }

    private IStoreLock Take(string name) => ((LockAttempt.Taken)_store.TryLock(name)).Lock;
}
