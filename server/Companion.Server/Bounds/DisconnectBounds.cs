using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Bounds;

/// <summary>The bounds of a disconnect that may end only a connection with a reservation.</summary>
internal sealed class DisconnectBounds(ClientBounds client, EnvironmentKey key) : IChangeBounds
{
    /// <inheritdoc/>
    public void Reserve() => client.Book.Read(); // another process may have made the reservation

    /// <inheritdoc/>
    public BoundRefusal? Check(EnvironmentInfo now) => client.Book.Own(now, client.Actor) is null ? client.RefuseOthers(key, now) : null;

    /// <inheritdoc/>
    public void Done(EnvironmentInfo environment)
    {
        if (environment.State == EnvironmentStates.Disconnected)
            client.Book.EndAll(key, environment);
    }

    /// <inheritdoc/>
    public void NotApplied(bool mayHaveBegun)
    {
        // nothing was reserved
    }
}
