using System.Text;
using Companion.Gateway.Files;

namespace Companion.Server.Storage;

/// <summary>Stores everything in a subfolder of the client's folder, created on first use.</summary>
/// <param name="clientFolder">The client's folder, where version 0.1.0 kept its files.</param>
internal sealed class FolderStore(string clientFolder) : IDurableStore
{
    private const string LockPrefix = "change.";
    private const string ValuePrefix = "v1."; // a new value format gets another prefix, so that versions don't overwrite each other's values
    private const string ValueLock = "values.lock";
    private const string SignalFile = "bell";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    // By default, patterns follow the rules of MS-DOS, and Wine finds no files.
    private static readonly EnumerationOptions AsWritten = new() { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    private readonly string _folder = Path.Combine(clientFolder, "state");

    /// <inheritdoc/>
    public string Place => Path.TrimEndingDirectorySeparator(clientFolder);

    /// <inheritdoc/>
    public string? Read(string name)
    {
        string? text = null;
        _ = Try(() => text = PlainFile.Read(PathOf(ValuePrefix + name)));
        return text;
    }

    /// <inheritdoc/>
    public string? Change(string name, Func<string?, string?> change) => Try(() =>
    {
        PlainFile.CreateFolder(_folder);
        using var held = LockValues();
        var path = PathOf(ValuePrefix + name);
        PlainFile.Replace(path, change(PlainFile.Read(path)));
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
            new DirectoryInfo(_folder).EnumerateFiles($"{LockPrefix}*", AsWritten)
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
            foreach (var path in Directory.EnumerateFiles(clientFolder, pattern, AsWritten))
            {
                if (PlainFile.Read(path) is { } text)
                    texts.Add(text);
                File.Delete(path);
            }
        });
        return texts;
    }

    /// <inheritdoc/>
    public void SendSignal(string text) => Try(() =>
    {
        PlainFile.CreateFolder(_folder);
        using var file = PlainFile.Open(PathOf(SignalFile), FileShare.ReadWrite);
        file.Write(Encoding.UTF8.GetBytes(text));
    });

    /// <inheritdoc/>
    public IDisposable Listen(Action<string> onSignal)
    {
        FileSystemWatcher? watcher = null;
        _ = Try(() =>
        {
            PlainFile.CreateFolder(_folder);
            watcher = new FileSystemWatcher(_folder, SignalFile);
            watcher.Created += Tell;
            watcher.Changed += Tell;
            watcher.EnableRaisingEvents = true; // fails if the system has no more watches: the next poll finds the change
        });
        return (IDisposable?)watcher ?? NoStore.Nothing;

        void Tell(object sender, FileSystemEventArgs e)
        {
            _ = Try(() =>
            {
                if (PlainFile.Read(PathOf(SignalFile)) is { } text)
                    onSignal(text);
            });
        }
    }

    // Held only while one small file is written.
    private IStoreLock LockValues()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            switch (FileLock.TryTake(PathOf(ValueLock)))
            {
                case LockAttempt.Taken { Lock: var held }:
                    return held;
                case LockAttempt.Unusable { Reason: var reason }:
                    throw new IOException(reason);
            }

            if (TimeProvider.System.GetElapsedTime(began) > LongestWait)
                throw new IOException($"{PathOf(ValueLock)} is still locked.");
            Thread.Sleep(1);
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
