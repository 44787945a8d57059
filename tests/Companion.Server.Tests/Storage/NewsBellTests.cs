using Companion.Server.Storage;

namespace Companion.Server.Tests.Storage;

/// <summary>Two processes of one machine, as far as their folder is concerned.</summary>
[TestClass]
public sealed class NewsBellTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"companion-bell-{Guid.NewGuid():N}");
    private readonly NewsBell _mine;
    private readonly NewsBell _theirs;

    public NewsBellTests() => (_mine, _theirs) = (new NewsBell(new FolderStore(_folder)), new NewsBell(new FolderStore(_folder)));

    /// <summary>Set by the runner.</summary>
    public required TestContext TestContext { get; set; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public async Task Others_hear_it_and_who_rings_does_not()
    {
        var (heard, echo) = (new TaskCompletionSource(), 0);
        using var listening = _theirs.Listen(() => heard.TrySetResult());
        using var listeningToo = _mine.Listen(() => echo++);
        _mine.Ring();
        await heard.Task.WaitAsync(TestContext.CancellationToken);
        Assert.AreEqual(0, echo);
    }

    [TestMethod]
    public async Task Each_ring_is_heard()
    {
        for (var i = 0; i < 3; i++)
        {
            var heard = new TaskCompletionSource();
            using var listening = _theirs.Listen(() => heard.TrySetResult());
            _mine.Ring();
            await heard.Task.WaitAsync(TestContext.CancellationToken);
        }
    }

    [TestMethod]
    public void A_folder_that_cannot_be_used_is_silent()
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, "a-file");
        File.WriteAllText(file, "");
        var bell = new NewsBell(new FolderStore(file));
        using var listening = bell.Listen(() => Assert.Fail("nobody can ring"));
        bell.Ring();
    }
}
