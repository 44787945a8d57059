namespace Companion.Simulation.Invariants;

/// <summary>
/// What the server does not keep yet. Each is excused here, counted in the statistics under "known defect", and set to false with
/// its repair: then the simulation holds the server to it.
/// </summary>
internal static class KnownDefects
{
    /// <summary>
    /// While another's change is under way, an ambiguous change is waited for as if it had been accepted; when the environment then
    /// comes to rest elsewhere, <c>notApplied</c> is said at once, although what was sent may still arrive within the settle window.
    /// Seeds 4564, 20473, 22969, 29753.
    /// </summary>
    public static bool DoubtEndsWithAnothersChange => false;

    /// <summary>
    /// The look that ends the settle window counts by when it was answered, not by when it was asked: a slow answer from within the
    /// window says <c>notApplied</c> of what arrived after the gateway made it. Seeds 6741, 12661, 13083, 26749, 27966.
    /// </summary>
    public static bool SlowLookEndsTheWindow => false;

    /// <summary>
    /// A Retry-After of nothing (0, a date that is past, a negative number) makes the server ask again at once instead of with its
    /// own backoff: some twenty times within a second, until the circuit breaker opens. Seed 84438.
    /// </summary>
    public static bool NoPauseAfterRetryAfterOfZero => false;
}
