namespace Companion.Server.Changes;

/// <summary>What an environment's description says about a change, seen beside what was there before it.</summary>
internal enum Verdict
{
    /// <summary>Nothing has moved: the change has not begun, or never will.</summary>
    Unchanged,

    /// <summary>The gateway is at work.</summary>
    UnderWay,

    /// <summary>What was asked for is in effect.</summary>
    InEffect,

    /// <summary>The environment came to rest elsewhere.</summary>
    Failed,
}
