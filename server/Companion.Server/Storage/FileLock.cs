using Companion.Gateway.Files;

namespace Companion.Server.Storage;

/// <summary>A lock file that this process has open exclusively, with a record in it.</summary>
internal sealed class FileLock : IStoreLock
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes a lock file.</summary>
    /// <param name="path">The file isn't deleted when the lock is released: otherwise two processes could hold "the" lock.</param>
    public static LockAttempt TryTake(string path)
    {
        try
        {
            var file = PlainFile.Open(path, FileShare.None);
            if (IsLocked(path))
                return new LockAttempt.Taken(new FileLock(file));
            file.Dispose();
            return new LockAttempt.Unusable($"File locking doesn't work for {path}.");
        }
        catch (IOException e) when (IsHeld(e))
        {
            return new LockAttempt.Held();
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return new LockAttempt.Unusable(e.Message);
        }
    }

    /// <inheritdoc/>
    public string? Read()
    {
        try
        {
            return PlainFile.Read(_file);
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public string? Write(string? text)
    {
        try
        {
            PlainFile.Write(_file, text);
            return null;
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return e.Message;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // Some file systems don't support locks, and DOTNET_SYSTEM_IO_DISABLEFILELOCKING turns them off. .NET then opens the file as if it were
    // locked, so the only proof is a second attempt that fails.
    private static bool IsLocked(string path)
    {
        try
        {
            using var second = PlainFile.Open(path, FileShare.None);
            return false;
        }
        catch (IOException e) when (IsHeld(e))
        {
            return true;
        }
    }

    private static bool IsHeld(IOException e) => OperatingSystem.IsWindows()
        ? (e.HResult & 0xFFFF) is 32 or 33 // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
        : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11); // EWOULDBLOCK, which .NET passes through
}
