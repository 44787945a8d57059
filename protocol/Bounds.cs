namespace Companion.Protocol;

/// <summary>The values of <see cref="InitializationOptions.Actor"/>.</summary>
public static class Actors
{
    /// <summary>A person, who decides on each change.</summary>
    public const string Person = "person";

    /// <summary>The command line, which a person or a program can use.</summary>
    public const string CommandLine = "commandLine";

    /// <summary>A program that decides on its own, such as a coding agent.</summary>
    public const string Agent = "agent";
}

/// <summary>The values of <see cref="ErrorData.Bound"/>. The first eight are members of companion-bounds.json.</summary>
public static class BoundNames
{
    /// <summary>The node pools that may be used.</summary>
    public const string NodePools = "nodePools";

    /// <summary>The most nodes of a connection.</summary>
    public const string MaxNodes = "maxNodes";

    /// <summary>The most ranks of a connection.</summary>
    public const string MaxRanks = "maxRanks";

    /// <summary>The most hours of a connection.</summary>
    public const string MaxHours = "maxHours";

    /// <summary>The most hours of all connections in a day, multiplied by their ranks.</summary>
    public const string MaxRankHoursPerDay = "maxRankHoursPerDay";

    /// <summary>The most environments that are connected at once.</summary>
    public const string MaxEnvironments = "maxEnvironments";

    /// <summary>Whether an end may be moved to a later time.</summary>
    public const string MayExtend = "mayExtend";

    /// <summary>Whether a connection that someone else started may be ended.</summary>
    public const string MayEndOthers = "mayEndOthers";

    /// <summary>Only a person may do this, whatever the file says.</summary>
    public const string Actor = "actor";

    /// <summary>The file with the bounds can't be used, so nothing is allowed.</summary>
    public const string BoundsFile = "boundsFile";

    /// <summary>What's in use can't be counted, so nothing is allowed.</summary>
    public const string Reservations = "reservations";
}
