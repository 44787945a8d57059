using Companion.Gateway.Files;

namespace Companion.Gateway.Credentials;

/// <summary>Reads and replaces auth.ini, but not through a link, and not for another user.</summary>
/// <param name="path">An absolute path.</param>
/// <param name="home">The user's home folder, which may be a link itself, or null.</param>
internal sealed class AuthFileStorage(string path, string? home)
{
    private const uint Root = 0;

    private readonly string _home = System.IO.Path.TrimEndingDirectorySeparator(home ?? "");

    /// <summary>The path of the file.</summary>
    public string Path { get; } = path;

    /// <summary>The content, or null if the file doesn't exist.</summary>
    /// <exception cref="AuthFileException">It isn't this user's regular file, or can't be read.</exception>
    public byte[]? Read() => Try(() =>
    {
        Check();
        var content = IniFile.ReadBytes(Path, out var problem);
        return problem is null or { IsMissing: true } ? content : throw new AuthFileException($"{Path} {problem.Text}.");
    });

    /// <summary>Replaces the content. If the process is killed or the disk is full, the old file is kept.</summary>
    /// <param name="before">What <see cref="Read"/> returned.</param>
    /// <exception cref="AuthFileException">The file has another content meanwhile, or can't be replaced.</exception>
    public void Replace(byte[]? before, byte[] content) => Try(() =>
    {
        Check();
        foreach (var folder in Folders())
            PlainFile.CreateMissingFolder(folder);

        // Exists for a moment. It also keeps another process from doing the same.
        var next = $"{Path}.new";
        if (FileStatus.Of(next).Kind != FileKind.Missing)
            throw new AuthFileException($"{next} exists, because another process is storing a key, or was interrupted. If none is running, delete this file.");
        var file = PlainFile.Open(next, FileShare.None, FileMode.CreateNew);
        try
        {
            using (file)
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            var now = Read();
            if ((now is null) != (before is null) || !now.AsSpan().SequenceEqual(before))
                throw new AuthFileException($"{Path} was changed by another program meanwhile, and was left as it is now. Try again.");
            PlainFile.Move(next, Path);
        }
        catch
        {
            File.Delete(next);
            throw;
        }

        return content;
    });

    private T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            throw new AuthFileException($"{Path} can't be used. {e.Message}");
        }
    }

    private void Check()
    {
        foreach (var folder in Folders())
            Check(folder, FileKind.Folder, "a folder");
        Check(Path, FileKind.Regular, "a regular file");
        if (System.IO.Path.EndsInDirectorySeparator(Path))
            throw new AuthFileException($"{Path} isn't a regular file.");
    }

    private static void Check(string path, FileKind expected, string name)
    {
        var found = FileStatus.Of(path);
        if (found.Kind == FileKind.Missing)
            return;
        if (found.Kind == FileKind.Link)
            throw new AuthFileException($"{path} is a link. To use the file that it leads to, set FIREWORKS_AUTH_FILE to the file's own path.");
        if (found.Kind != expected)
            throw new AuthFileException($"{path} isn't {name}.");
        if (!OperatingSystem.IsWindows() && found.OwnerId is { } owner && owner != UserId.Current && (expected == FileKind.Regular || owner != Root))
            throw new AuthFileException($"{path} belongs to another user.");
    }

    // Those from the home folder to the file. Elsewhere only the file's own, because the system's folders may well be links.
    private IEnumerable<string> Folders()
    {
        var folders = new List<string>();
        var at = System.IO.Path.GetDirectoryName(Path);
        for (; at is not null && at != _home; at = System.IO.Path.GetDirectoryName(at))
            folders.Insert(0, at);
        return at is null ? folders.TakeLast(1) : folders;
    }
}
