namespace Companion.Server.Changes;

/// <summary>What an environment's state proves about a change, compared with the state before it.</summary>
internal enum Verdict
{
    /// <summary>Nothing has changed: the change hasn't started, or never will.</summary>
    Unchanged,

    /// <summary>The state is the same as before, but something is newer: a failed change, or an unrelated update.</summary>
    BackAsBefore,

    /// <summary>The gateway is working on it.</summary>
    UnderWay,

    /// <summary>The requested state is in effect, or nothing contradicts it.</summary>
    InEffect,

    /// <summary>The requested state is in effect if the change was accepted, but some members of the connection differ.</summary>
    Differs,

    /// <summary>
    /// The environment has settled in a state that neither proves nor disproves the change, such as on another node pool.
    /// </summary>
    Unclear,

    /// <summary>The environment has settled in a state that proves that the change isn't in effect.</summary>
    Failed,
}
