using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>Learns how each connect begins and ends.</summary>
internal interface IConnectListener
{
    /// <summary>A connect is about to start. Called under the environment's lock, before anything is read or sent.</summary>
    /// <returns>Null, or the reason why the connect must be refused.</returns>
    string? Asked(Connect connect);

    /// <summary>The connect was confirmed or accepted.</summary>
    void Connected(Connect connect, EnvironmentInfo environment);

    /// <summary>The connect provably had no effect.</summary>
    void NotConnected(Connect connect);
}
