using Companion.Protocol;

namespace Companion.Server.Changes;

/// <summary>What bounds a change of an agent or of the command line.</summary>
internal interface IChangeBounds
{
    /// <summary>Reserves what the change will use, for all processes. Called under the environment's lock, before anything is read or sent.</summary>
    /// <exception cref="Exception">The bounds refuse the change.</exception>
    void Reserve();

    /// <summary>Checks the environment as it was read right before sending. Does no I/O.</summary>
    /// <returns>Null, or why the change is refused.</returns>
    BoundRefusal? Check(EnvironmentInfo now);

    /// <summary>The change was confirmed or accepted.</summary>
    void Done(EnvironmentInfo environment);

    /// <summary>The change provably isn't in effect.</summary>
    /// <param name="mayHaveBegun">True if the gateway may have worked on it for some time.</param>
    void NotApplied(bool mayHaveBegun);
}

/// <summary>Why the bounds refuse something.</summary>
/// <param name="Bound">The bound, or null if the environment's state is the reason.</param>
/// <param name="Message">Sentences for people.</param>
internal sealed record BoundRefusal(string? Bound, string Message);
