using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>
/// Fills in what an answer leaves out of a connection. An environment with the same state and the same time of its last update has not
/// changed, and so neither has what is missing: without it, an answer would look like news, or like what was requested.
/// </summary>
internal static class ConnectionBackfill
{
    /// <summary>The environment with what is known of its connection.</summary>
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
