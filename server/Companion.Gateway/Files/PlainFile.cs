using System.Text;

namespace Companion.Gateway.Files;

/// <summary>Small files that only this user can access, and that are never a link, pipe, or device.</summary>
public static class PlainFile
{
    private const int MaxBytes = 1024 * 1024;
    private const int MaxMoves = 50;
    private const int MoveDelay = 10; // ms
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Creates a folder of this program if it doesn't exist. An existing one that others can access is restricted to this user.</summary>
    /// <exception cref="IOException">It's a link, or can't be created.</exception>
    public static void CreateFolder(string folder)
    {
        CreateMissingFolder(folder);
        if (OperatingSystem.IsWindows())
            return;
        RefuseLink(folder);
        if (File.GetUnixFileMode(folder) != OwnerOnlyFolder)
            File.SetUnixFileMode(folder, OwnerOnlyFolder);
    }

    /// <summary>Creates a folder only for this user if it doesn't exist. An existing one isn't changed.</summary>
    public static void CreateMissingFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnlyFolder);
    }

    /// <summary>Opens or creates a file for reading and writing. Never waits, not even for a pipe.</summary>
    /// <exception cref="IOException">It isn't a regular file, can't be opened, or exists although a new one was asked for.</exception>
    public static FileStream Open(string path, FileShare share, FileMode mode = FileMode.OpenOrCreate)
    {
        RefuseLink(path);
        var options = new FileStreamOptions
        {
            Mode = mode,
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

    /// <summary>The text of a file, or null if it's missing, empty, too long, or not a regular file.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static string? Read(string path)
    {
        var found = new FileInfo(path);
        if (!found.Exists || found.LinkTarget is not null || found.Length == 0) // a pipe is empty: opening one would wait for its writer
            return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Read(file);
    }

    /// <summary>The text of an open file, or null if it's empty or too long.</summary>
    public static string? Read(FileStream file)
    {
        if (file.Length is 0 or > MaxBytes)
            return null;
        var bytes = new byte[file.Length];
        file.Position = 0;
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <summary>Replaces the text of an open file. If the process is killed meanwhile, the file is empty.</summary>
    public static void Write(FileStream file, string? text)
    {
        file.SetLength(0);
        file.Position = 0;
        if (text is not null)
            file.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>
    /// Replaces or deletes a file. If the process is killed or the disk is full, the old file is kept. For one writer at a time.
    /// </summary>
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
        Move(next, path);
    }

    /// <summary>Moves a file to the place of another one, which is replaced. Either is there at any time.</summary>
    public static void Move(string from, string to)
    {
        // Windows doesn't replace a file that another process has open, such as another window's server or a virus scanner.
        for (var moves = 1; ; moves++)
        {
            try
            {
                File.Move(from, to, overwrite: true);
                return;
            }
            catch (Exception e) when (OperatingSystem.IsWindows() && moves < MaxMoves && IsTrouble(e))
            {
                Thread.Sleep(MoveDelay);
            }
        }
    }

    /// <summary>True for errors that the file system reports.</summary>
    public static bool IsTrouble(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;

    /// <summary>Throws if a file or folder is a link.</summary>
    /// <exception cref="IOException">It's a link.</exception>
    public static void RefuseLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"{path} is a link.");
    }
}
