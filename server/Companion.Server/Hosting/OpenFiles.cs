using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Companion.Server.Hosting;

/// <summary>
/// How many files this process may have open. With too few, the runtime stops in the middle of anything, as it cannot load the rest of the
/// program, or a method fails without a reason.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class OpenFiles
{
    /// <summary>The portable program has two open for each of its assemblies, 110 after all methods; every connection takes one more.</summary>
    private const int Least = 128;

    private const int StandardError = 2;

    /// <summary>Says on standard error that there may be too few, where it is so. Loads nothing: there might be no file left for it.</summary>
    /// <returns>True where there are enough, or nobody knows.</returns>
    public static bool AreEnough()
    {
        var limit = default(Limit);
        if (GetLimit(OperatingSystem.IsLinux() ? 7 : 8, ref limit) != 0 || limit.Soft >= Least) // RLIMIT_NOFILE
            return true;
        using var errors = new FileStream(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        errors.Write("companion-server has to be allowed 128 open files, and is allowed fewer (ulimit -n).\n"u8);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetLimit(int resource, ref Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private struct Limit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
