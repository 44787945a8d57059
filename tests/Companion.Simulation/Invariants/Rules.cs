namespace Companion.Simulation.Invariants;

/// <summary>How strict the invariants are.</summary>
internal static class Rules
{
    /// <summary>How much longer than its timeout a call may take.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>How long a request of the gateway client may take at most.</summary>
    public static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after an ambiguous answer a change may still show. <c>notApplied</c> must not be said of a change that takes
    /// effect earlier; one that takes effect later could not be known by anybody, and is counted.
    /// </summary>
    public static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(15);

    /// <summary>How long after a "not found" another one confirms it.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(3);

    /// <summary>How long a change of state may have gone unseen to be told as seen.</summary>
    public static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(1);

    /// <summary>The most looks at one environment that one process may take within a minute without being asked to.</summary>
    public const int MostLooksPerMinute = 60;

    /// <summary>The most looks at one environment that one process may take within a second without being asked to.</summary>
    public const int MostLooksPerSecond = 4;

    /// <summary>The most requests of one process within a minute once the account has shown its limit.</summary>
    public const int MostRequestsPerMinuteWhenLimited = 10;
}
