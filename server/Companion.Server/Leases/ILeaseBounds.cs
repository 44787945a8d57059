using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Leases;

/// <summary>What bounds the setting of an end by an agent or by the command line.</summary>
internal interface ILeaseBounds
{
    /// <summary>The latest time to which an end may be moved back, once <see cref="Check"/> has accepted the environment. Null for any time.</summary>
    DateTimeOffset? LatestMove { get; }

    /// <summary>Why a later end is refused.</summary>
    BoundRefusal TooLate { get; }

    /// <summary>Checks the environment as it was just read.</summary>
    /// <returns>Null, or why the end of its connection may not be changed.</returns>
    BoundRefusal? Check(EnvironmentInfo now);

    /// <summary>The end was set.</summary>
    void Done(EnvironmentInfo environment);
}
