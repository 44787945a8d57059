using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>
/// Fills in the parts of a connection that a response omits. If the state and update time are unchanged, so is everything that is missing.
/// Without this, an incomplete response would look like a change, or like the requested connection.
/// </summary>
internal static class ConnectionBackfill
{
    /// <summary>Completes an environment with what is already known about its connection.</summary>
    public static EnvironmentInfo Complete(EnvironmentInfo seen, EnvironmentInfo? before) =>
        before?.Connection is { } known && seen.UpdateTime is { } updated && updated == before.UpdateTime && seen.State == before.State
            ? seen with { Connection = Complete(seen.Connection, known) }
            : seen;

    private static ConnectionInfo Complete(ConnectionInfo? seen, ConnectionInfo known) => seen switch
    {
        null => known,
        _ when seen.NodePoolId != known.NodePoolId => seen,
        _ => seen with
        {
            NumRanks = seen.NumRanks ?? known.NumRanks,
            Role = seen.Role ?? known.Role,
            Zone = seen.Zone ?? known.Zone,
            UseLocalStorage = seen.UseLocalStorage ?? known.UseLocalStorage,
        },
    };
}
