using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Companion.Server.Hosting;

/// <summary>Keeps the API key in this process's memory out of core dumps.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class CoreDumps
{
    private const int CoreLimit = 4; // RLIMIT_CORE, on Linux and macOS

    /// <summary>Turns off core dumps for this process and its children.</summary>
    public static void TurnOff()
    {
        // If a program such as systemd-coredump handles dumps, Linux ignores 0, but writes no dump at all for 1.
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
