using System.Reflection;

namespace Companion.Server.Hosting;

/// <summary>What the server calls itself.</summary>
internal static class ServerIdentity
{
    /// <summary>Its name.</summary>
    public const string Name = "companion-server";

    /// <summary>Its version.</summary>
    public static string Version { get; } =
        typeof(ServerIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
