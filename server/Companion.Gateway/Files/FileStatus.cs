using System.Runtime.InteropServices;

namespace Companion.Gateway.Files;

/// <summary>What's at a path. A link isn't followed, and nothing is opened, which could wait or have an effect.</summary>
/// <param name="OwnerId">The numeric id of its owner, or null if that's unknown, as on Windows.</param>
public sealed partial record FileStatus(FileKind Kind, uint? OwnerId)
{
    private const int NoEntry = 2; // ENOENT
    private const int NotAFolder = 20; // ENOTDIR: a parent is a file

    private static readonly FileStatus Missing = new(FileKind.Missing, null);

    /// <summary>Looks at a path.</summary>
    /// <exception cref="IOException">The system doesn't say what's there.</exception>
    public static FileStatus Of(string path)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return OfLinux(path);
            if (OperatingSystem.IsMacOS())
                return OfMac(path);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // a C library that's older than statx
        }

        return new FileInfo(path).LinkTarget is not null ? new FileStatus(FileKind.Link, null)
            : Directory.Exists(path) ? new FileStatus(FileKind.Folder, null)
            : File.Exists(path) ? new FileStatus(FileKind.Regular, null)
            : Missing;
    }

    // The offsets are those of struct statx, which is the same on all processors.
    private static FileStatus OfLinux(string path)
    {
        const int CurrentFolder = -100; // AT_FDCWD, for a path that's relative
        const int NoFollow = 0x100; // AT_SYMLINK_NOFOLLOW
        const uint TypeAndOwner = 0x9; // STATX_TYPE | STATX_UID
        Span<byte> status = stackalloc byte[256];
        return StatX(CurrentFolder, path, NoFollow, TypeAndOwner, ref status[0]) != 0
            ? Failed(path)
            : new FileStatus(KindOf(MemoryMarshal.Read<ushort>(status[28..])), MemoryMarshal.Read<uint>(status[20..]));
    }

    // The offsets are those of struct stat with 64-bit inodes, which have functions of their own only on x64.
    private static FileStatus OfMac(string path)
    {
        Span<byte> status = stackalloc byte[256]; // 144 are used
        var result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LStat64(path, ref status[0]) : LStat(path, ref status[0]);
        return result != 0
            ? Failed(path)
            : new FileStatus(KindOf(MemoryMarshal.Read<ushort>(status[4..])), MemoryMarshal.Read<uint>(status[16..]));
    }

    private static FileStatus Failed(string path) => Marshal.GetLastPInvokeError() is NoEntry or NotAFolder
        ? Missing
        : throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}.");

    private static FileKind KindOf(ushort mode) => (mode & 0xF000) switch
    {
        0x8000 => FileKind.Regular,
        0x4000 => FileKind.Folder,
        0xA000 => FileKind.Link,
        _ => FileKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);

    // Not "libc", whose functions are linked directly: the linker would miss one of these on each processor.
    [LibraryImport("libSystem", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStat(string path, ref byte status);

    [LibraryImport("libSystem", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int LStat64(string path, ref byte status);
}

/// <summary>The kinds of <see cref="FileStatus"/>.</summary>
public enum FileKind
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A regular file.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link, whether or not it leads somewhere.</summary>
    Link,

    /// <summary>A pipe, a socket, or a device.</summary>
    Other,
}
