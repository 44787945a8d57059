using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Companion.Gateway.Files;

/// <summary>The user that runs this process.</summary>
[UnsupportedOSPlatform("windows")]
public static partial class UserId
{
    /// <summary>The numeric id.</summary>
    public static uint Current => GetUserId();

    [LibraryImport("libc", EntryPoint = "getuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetUserId();
}
