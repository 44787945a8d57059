namespace Companion.Server.Hosting;

/// <summary>
/// The server's name and version. The version is generated at build time because reading an attribute slows down startup.
/// </summary>
internal static partial class ServerIdentity
{
    public const string Name = "companion-server";
}
