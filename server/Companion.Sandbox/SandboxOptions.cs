namespace Companion.Sandbox;

/// <summary>How long operations take in a sandbox, and how much it contains.</summary>
public sealed record SandboxOptions
{
    /// <summary>The duration of CONNECTING and RECONNECTING, whether it succeeds or not. Default: 4 s.</summary>
    public TimeSpan ConnectDuration { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>The duration of DISCONNECTING with its snapshot. Twice as long if the snapshots are rebuilt. Default: 3 s.</summary>
    public TimeSpan DisconnectDuration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether changes stay in progress, however long they take. Default: false.</summary>
    public bool HoldsChanges { get; init; }

    /// <summary>When the CREATING environment becomes ready after the start. Default: 10 minutes.</summary>
    public TimeSpan CreateDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When the DELETING environment is gone after the start. Default: 10 minutes.</summary>
    public TimeSpan DeleteDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The maximum number of items per page, regardless of the request, 1 to 200. A small value creates lists with several pages. Default: 200.
    /// </summary>
    public int MaxPageSize { get; init; } = 200;

    /// <summary>How many environments to add to the main account, to test long lists. Default: 0.</summary>
    public int MoreEnvironments { get; init; }
}
