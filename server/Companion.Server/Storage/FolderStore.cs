namespace Companion.Server.Storage;

/// <summary>Keeps texts and locks as files in one folder. What cannot be kept is lost quietly: nothing here is worth failing a change.</summary>
/// <param name="folder">The folder; made when first needed.</param>
internal sealed class FolderStore(string folder) : IDurableStore
{
    private const int MaxBytes = 1024 * 1024;

    /// <inheritdoc/>
    public string? Read(string name)
    {
        try
        {
            var file = new FileInfo(PathOf(name));
            return file is { Exists: true, Length: <= MaxBytes } ? File.ReadAllText(file.FullName) : null;
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Write(string name, string text)
    {
        var fresh = PathOf($"{name}.{Guid.NewGuid():N}.new");
        try
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(fresh, text);

            // Not forced to the disk, which could take longer than the change itself: a kill leaves the old or the new; a power cut
            // might leave nothing, which reads as nothing.
            File.Move(fresh, PathOf(name), overwrite: true);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            Remove(fresh);
        }
    }

    /// <inheritdoc/>
    public void Delete(string name) => Remove(PathOf(name));

    /// <inheritdoc/>
    public IReadOnlyList<string> Names(string prefix)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, $"{prefix}*").Select(static f => Path.GetFileName(f)).Where(static n => !n.EndsWith(".new", StringComparison.Ordinal))]
                : [];
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public IDisposable Watch(string name, Action written)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var watcher = new FileSystemWatcher(folder, name);
            watcher.Created += (_, _) => written();
            watcher.Changed += (_, _) => written();
            watcher.Renamed += (_, _) => written(); // a text is put in place by renaming
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            return new NoStore().Watch(name, written); // no more watches on this machine: the next look at the gateway tells
        }
    }

    /// <inheritdoc/>
    public IDisposable? TryLock(string name)
    {
        try
        {
            Directory.CreateDirectory(folder);

            // The operating system ends this with the process. The file stays: deleting it would let two hold "the" lock.
            return new FileStream(PathOf(name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            return new NoStore().TryLock(name); // a folder that cannot be used must not forbid every change
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Elsewhere .NET reports EWOULDBLOCK of flock as an IOException of exactly this type.
    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xFFFF) == 32
        : e.GetType() == typeof(IOException);

    private static bool IsFileTrouble(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsFileTrouble(e))
        {
            // it is in nobody's way
        }
    }

    private string PathOf(string name) => Path.Combine(folder, name);
}
