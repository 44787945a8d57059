namespace Companion.Server.Hosting;

/// <summary>What the server calls itself. The build writes its version beside it, which is read from no attribute at each start.</summary>
internal static partial class ServerIdentity
{
    /// <summary>Its name.</summary>
    public const string Name = "companion-server";
}
