namespace Companion.Sandbox;

/// <summary>How long things take in a sandbox, and how much there is in it.</summary>
public sealed record SandboxOptions
{
    /// <summary>CONNECTING and RECONNECTING, whether it succeeds or not. Default: 4 s.</summary>
    public TimeSpan ConnectDuration { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>DISCONNECTING with its snapshot; twice that where the snapshots are rebuilt. Default: 3 s.</summary>
    public TimeSpan DisconnectDuration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long after the sandbox began the environment that is CREATING is ready. Default: 10 minutes.</summary>
    public TimeSpan CreateDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long after the sandbox began the environment that is DELETING is gone. Default: 10 minutes.</summary>
    public TimeSpan DeleteDuration { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The most items of a page, whatever is asked for, 1 to 200. A small one makes lists of several pages. Default: 200.</summary>
    public int MaxPageSize { get; init; } = 200;

    /// <summary>How many environments the main account has beside those that are always there, to see thousands in a list. Default: 0.</summary>
    public int MoreEnvironments { get; init; }
}
