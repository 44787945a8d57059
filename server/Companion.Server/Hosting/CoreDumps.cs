using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Companion.Server.Hosting;

/// <summary>Keeps the memory of this process, which holds the API key, out of the core dump of a crash.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class CoreDumps
{
    private const int CoreLimit = 4; // RLIMIT_CORE, on Linux and on macOS

    /// <summary>Turns them off. What is started by this process inherits that.</summary>
    public static void TurnOff()
    {
        // Linux ignores 0 where a program such as systemd-coredump takes the dumps, and writes no dump at all for 1.
        var most = OperatingSystem.IsLinux() ? 1UL : 0UL;
        _ = SetLimit(CoreLimit, new Limit(most, most)); // lowering a limit needs no permission
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit(ulong soft, ulong hard)
    {
        private readonly ulong _soft = soft;
        private readonly ulong _hard = hard;
    }
}
