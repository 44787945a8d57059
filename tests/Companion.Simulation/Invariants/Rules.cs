namespace Companion.Simulation.Invariants;

/// <summary>How strict the invariants are.</summary>
internal static class Rules
{
    /// <summary>How much longer than its time limit a call may take.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The maximum duration of a request of the gateway client.</summary>
    public static readonly TimeSpan QuestionLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long after an ambiguous response a change may still take effect. <c>notApplied</c> must not be reported for a change that takes
    /// effect earlier. A later effect can't be known and is only counted.
    /// </summary>
    public static readonly TimeSpan SettleWindow = TimeSpan.FromSeconds(15);

    /// <summary>How long after a "not found" another one confirms it.</summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(3);

    /// <summary>The longest gap between two reads that still counts as having observed a change of state.</summary>
    public static readonly TimeSpan SeenWithin = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait after there was no capacity for a connect.</summary>
    public static readonly TimeSpan PauseAfterNoCapacity = TimeSpan.FromSeconds(30);

    /// <summary>The maximum number of unrequested reads of one environment by one process within a minute.</summary>
    public const int MostLooksPerMinute = 60;

    /// <summary>The maximum number of unrequested reads of one environment by one process within a second.</summary>
    public const int MostLooksPerSecond = 4;

    /// <summary>The maximum number of requests of one process within a minute once the account has shown its limit.</summary>
    public const int MostRequestsPerMinuteWhenLimited = 10;
}
