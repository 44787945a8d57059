using System.Text;

namespace Companion.Server.Storage;

/// <summary>Keeps everything in a folder of its own below the client's, created when it is first needed.</summary>
/// <param name="clientFolder">The client's folder, where version 0.1.0 kept its files.</param>
internal sealed class FolderStore(string clientFolder) : IDurableStore
{
    private const string LockPrefix = "change.";
    private const string Bell = "bell";

    private readonly string _folder = Path.Combine(clientFolder, "state");

    /// <inheritdoc/>
    public string? Read(string name)
    {
        string? text = null;
        _ = Try(() => text = PlainFile.Read(PathOf(name)));
        return text;
    }

    /// <inheritdoc/>
    public string? Change(string name, Func<string?, string?> change) => Try(() =>
    {
        PlainFile.CreateFolder(_folder);
        using var file = PlainFile.Open(PathOf(name), FileShare.None);
        PlainFile.Write(file, change(PlainFile.Read(file)));
    });

    /// <inheritdoc/>
    public LockAttempt TryLock(string name) =>
        Try(() => PlainFile.CreateFolder(_folder)) is { } reason
            ? new LockAttempt.Unusable(reason)
            : FileLock.TryTake(PathOf(LockPrefix + name));

    /// <inheritdoc/>
    public IReadOnlyList<string> FindRecords()
    {
        var names = new List<string>();
        _ = Try(() => names.AddRange(
            new DirectoryInfo(_folder).EnumerateFiles($"{LockPrefix}*")
                .Where(static file => file.Length > 0)
                .Select(static file => file.Name[LockPrefix.Length..])));
        return names;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> TakeOver(string pattern)
    {
        var texts = new List<string>();
        _ = Try(() =>
        {
            foreach (var path in Directory.EnumerateFiles(clientFolder, pattern))
            {
                if (PlainFile.Read(path) is { } text)
                    texts.Add(text);
                File.Delete(path);
            }
        });
        return texts;
    }

    /// <inheritdoc/>
    public void Ring(string text) => Try(() =>
    {
        PlainFile.CreateFolder(_folder);
        using var file = PlainFile.Open(PathOf(Bell), FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(text));
    });

    /// <inheritdoc/>
    public IDisposable Listen(Action<string> rung)
    {
        FileSystemWatcher? watcher = null;
        _ = Try(() =>
        {
            PlainFile.CreateFolder(_folder);
            watcher = new FileSystemWatcher(_folder, Bell);
            watcher.Created += Tell;
            watcher.Changed += Tell;
            watcher.EnableRaisingEvents = true; // fails where this machine has no more watches: the next look at the gateway tells
        });
        return (IDisposable?)watcher ?? NoStore.Nothing;

        void Tell(object sender, FileSystemEventArgs e)
        {
            if (Read(Bell) is { } text)
                rung(text);
        }
    }

    private static string? Try(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return e.Message;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
