using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Leases;

/// <summary>An event of a lease.</summary>
/// <param name="Now">When, on the wall clock.</param>
internal abstract record LeaseEvent(DateTimeOffset Now)
{
    /// <summary>A connect with an end is about to start.</summary>
    public sealed record ConnectAsked(DateTimeOffset Now, AskedEnd End) : LeaseEvent(Now);

    /// <summary>The connect was confirmed CONNECTED.</summary>
    public sealed record Connected(DateTimeOffset Now, Guid Id, EnvironmentInfo Environment) : LeaseEvent(Now);

    /// <summary>The connect provably had no effect.</summary>
    public sealed record NotConnected(DateTimeOffset Now, Guid Id) : LeaseEvent(Now);

    /// <summary>A connect without an end was confirmed CONNECTED.</summary>
    public sealed record Replaced(DateTimeOffset Now) : LeaseEvent(Now);

    /// <summary>Someone sets the end, for the environment as it was just read.</summary>
    /// <param name="LatestMove">The latest time to which an end may be moved back. Null for any time.</param>
    public sealed record Set(DateTimeOffset Now, LeaseParams End, EnvironmentInfo Environment, DateTimeOffset? LatestMove = null) : LeaseEvent(Now);

    /// <summary>Someone clears the end.</summary>
    public sealed record Cleared(DateTimeOffset Now) : LeaseEvent(Now);

    /// <summary>The gateway described the environment.</summary>
    /// <param name="IsContinuous">
    /// True if an earlier read, at most a minute before, and every read in between showed the same connection.
    /// </param>
    /// <param name="IsFree">True if no process is changing the environment.</param>
    public sealed record Observed(DateTimeOffset Now, EnvironmentInfo Environment, bool IsContinuous, bool IsFree) : LeaseEvent(Now);

    /// <summary>The operating system has a timer for this end.</summary>
    public sealed record SystemKeeps(DateTimeOffset Now, DateTimeOffset Until) : LeaseEvent(Now);

    /// <summary>The operating system's timer is no longer wanted, or can't be set.</summary>
    public sealed record SystemReleases(DateTimeOffset Now) : LeaseEvent(Now);

    /// <summary>The environment no longer exists.</summary>
    public sealed record Gone(DateTimeOffset Now) : LeaseEvent(Now);

    /// <summary>Something may be due.</summary>
    /// <param name="IsFree">True if no process is changing the environment.</param>
    public sealed record Tick(DateTimeOffset Now, bool IsFree) : LeaseEvent(Now);

    /// <summary>The disconnect is over.</summary>
    /// <param name="Answer">Null if another process is changing the environment.</param>
    public sealed record Ended(DateTimeOffset Now, ChangeAnswer? Answer) : LeaseEvent(Now);

    /// <summary>The disconnect failed in a way that says nothing about its outcome.</summary>
    public sealed record Broken(DateTimeOffset Now) : LeaseEvent(Now);
}

/// <summary>What to do next.</summary>
internal enum LeaseAction
{
    /// <summary>Nothing but storing the new lease.</summary>
    None,

    /// <summary>Announce the end.</summary>
    Notify,

    /// <summary>Disconnect the environment if it still has this connection.</summary>
    Disconnect,

    /// <summary>Refuse the change of the end: the environment is being disconnected.</summary>
    Refuse,

    /// <summary>Refuse the change of the end: it may not be moved back that far.</summary>
    RefuseLater,
}

/// <summary>A transition: the new lease, or null if there is none any more, and what to do next.</summary>
internal readonly record struct LeaseStep(Lease? Lease, LeaseAction Action = LeaseAction.None);
