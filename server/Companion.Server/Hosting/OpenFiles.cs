using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Companion.Server.Hosting;

/// <summary>
/// The limit on open files. If it's too low, the runtime can fail anywhere because it can't load the rest of the program.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class OpenFiles
{
    /// <summary>The portable server has two open files per assembly, 110 after all methods were called. Each connection adds one.</summary>
    private const int Least = 128;

    /// <summary>
    /// Reports on standard error if the limit may be too low. Loads nothing, because there might be no file descriptor left.
    /// </summary>
    /// <returns>True if the limit is high enough or unknown.</returns>
    public static bool AreEnough()
    {
        var limit = default(Limit);
        if (GetLimit(OperatingSystem.IsLinux() ? 7 : 8, ref limit) != 0 || limit.Soft >= Least) // RLIMIT_NOFILE
            return true;
        using var errors = StandardStream.OpenError();
        errors.Write("companion-server needs a limit of at least 128 open files (ulimit -n).\n"u8);
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
