namespace Companion.Server.Changes;

/// <summary>What an environment's description proves about a change, compared with the description from before it.</summary>
internal enum Verdict
{
    /// <summary>Nothing has moved: the change has not begun, or never will.</summary>
    Unchanged,

    /// <summary>It is in its earlier state, and something about it is newer: a failed change, or an update of something else.</summary>
    BackAsBefore,

    /// <summary>The gateway is at work.</summary>
    UnderWay,

    /// <summary>What was requested is in effect, or nothing contradicts it.</summary>
    InEffect,

    /// <summary>What was requested is in effect if it was accepted, but some members of the connection differ.</summary>
    Differs,

    /// <summary>It is at rest in a way that neither proves nor disproves the change, such as on another node pool.</summary>
    Unclear,

    /// <summary>It is at rest in a way that proves that the change is not in effect.</summary>
    Failed,
}
