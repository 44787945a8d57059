namespace Companion.Server.Changes;

/// <summary>Why waiting for room ended.</summary>
internal enum WaitEnd
{
    /// <summary>The caller canceled, or the server is shutting down.</summary>
    Stopped,

    /// <summary>There was no room in time.</summary>
    TimeOver,

    /// <summary>Another change of the environment was requested.</summary>
    Replaced,

    /// <summary>The environment has changed since the waiting began.</summary>
    Changed,

    SignedOut,

    /// <summary>The user signed in, perhaps with another key.</summary>
    SignedInAgain,
}
