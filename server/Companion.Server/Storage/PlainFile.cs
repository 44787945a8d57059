using System.Text;

namespace Companion.Server.Storage;

/// <summary>Files in a folder of ours: for this user only, never a link, a pipe or a device, and small.</summary>
internal static class PlainFile
{
    private const int MaxBytes = 1024 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates the folder where it is missing, for this user only.</summary>
    /// <exception cref="IOException">It is a link, or cannot be created.</exception>
    public static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode Private = OwnerOnly | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, Private);
        RefuseLink(folder);
        if (File.GetUnixFileMode(folder) != Private)
            File.SetUnixFileMode(folder, Private);
    }

    /// <summary>Opens a file for reading and writing, created where it is missing. Never waits, not even for a pipe.</summary>
    /// <exception cref="IOException">It is no plain file, or cannot be opened.</exception>
    public static FileStream Open(string path, FileShare share)
    {
        RefuseLink(path);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        var file = new FileStream(path, options);
        if (file.CanSeek)
            return file;
        file.Dispose();
        throw new IOException($"{path} is not a regular file.");
    }

    /// <summary>The text of a file; null where it is missing, empty, too long or no plain file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Read(string path)
    {
        var found = new FileInfo(path);
        if (!found.Exists || found.LinkTarget is not null || found.Length == 0) // a pipe is empty: opening one would wait for its writer
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Read(file);
    }

    /// <summary>The text of an open file; null where it is empty or too long.</summary>
    public static string? Read(FileStream file)
    {
        if (file.Length is 0 or > MaxBytes)
            return null;
        var bytes = new byte[file.Length];
        file.Position = 0;
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>Replaces the text of an open file. A kill in between leaves it empty.</summary>
    public static void Write(FileStream file, string? text)
    {
        file.SetLength(0);
        file.Position = 0;
        if (text is not null)
            file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Puts a text in place of a file, or deletes it. A kill or a full disk leaves the old one. For one writer at a time.</summary>
    public static void Replace(string path, string? text)
    {
        RefuseLink(path);
        if (text is null)
        {
            File.Delete(path);
            return;
        }

        var next = $"{path}.new";
        using (var file = Open(next, FileShare.None))
            Write(file, text);
        File.Move(next, path, overwrite: true);
    }

    /// <summary>True for what a file system reports.</summary>
    public static bool IsTrouble(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>Refuses a link in place of a file or folder.</summary>
    /// <exception cref="IOException">It is one.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"{path} is a link.");
    }
}
