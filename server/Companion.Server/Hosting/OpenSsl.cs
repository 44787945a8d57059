using System.Runtime.InteropServices;

namespace Companion.Server.Hosting;

/// <summary>OpenSSL, which .NET uses on Linux for TLS and for hashes. If .NET doesn't find it, it ends the process.</summary>
internal static class OpenSsl
{
    private const string VersionVariable = "CLR_OPENSSL_VERSION_OVERRIDE";

    // The names that .NET 10's opensslshim.c tries.
    private static readonly string[] Names = ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    /// <summary>Whether .NET needs OpenSSL on this system, and wouldn't find it. Loads it if it's there.</summary>
    public static bool IsMissing() =>
        OperatingSystem.IsLinux() && IsMissing(static name => NativeLibrary.TryLoad(name, out _), Environment.GetEnvironmentVariable(VersionVariable));

    /// <summary>Decides with a loader of libraries.</summary>
    /// <param name="tryLoad">Returns whether the library with this name was loaded.</param>
    /// <param name="version">The version to try first, or null.</param>
    internal static bool IsMissing(Func<string, bool> tryLoad, string? version) =>
        !Names.Prepend(version is null ? Names[0] : $"libssl.so.{version}").Any(tryLoad);
}
