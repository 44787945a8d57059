using Companion.Gateway;

namespace Companion.Simulation.Mutants;

/// <summary>All deliberately broken rules.</summary>
internal static class AllMutants
{
    /// <summary>The mutants.</summary>
    public static IReadOnlyList<Mutant> List { get; } =
    [
        new("sends again after a 504", "no-double-send")
        {
            Gateway = static (inner, _) => new SendsAgain(inner, static fault => fault.HttpStatus == 504),
        },
        new("sends again after a reset", "no-double-send")
        {
            Gateway = static (inner, _) => new SendsAgain(inner, static fault => fault.Kind == FaultKind.ConnectionLost),
        },
        new("sends again after a 503 without reading the environment's state", "no-double-send")
        {
            Gateway = static (inner, _) => new SendsAgain(inner, static fault => fault.HttpStatus == 503),
        },
        new("sends again what was refused", "no-double-send")
        {
            Gateway = static (inner, process) => new SendsAgain(
                inner,
                static fault => fault.Code == GoogleRpcCode.FailedPrecondition,
                async (_, _, _, _) => await Task.Delay(TimeSpan.FromSeconds(5), process.Clock).ConfigureAwait(false)),
        },
        new("sends again although someone else has changed the environment", "no-double-send")
        {
            Gateway = static (inner, process) => new SendsAgain(
                inner,
                static fault => fault is { HttpStatus: 429, RetryAfter: not null },
                async (gateway, accountId, environmentId, fault) =>
                {
                    await Task.Delay(fault.RetryAfter!.Value + TimeSpan.FromMilliseconds(1), process.Clock).ConfigureAwait(false);
                    await gateway.GetEnvironmentAsync(accountId, environmentId, CancellationToken.None).ConfigureAwait(false);
                }),
        },
        new("believes a stray 404", "gone") { Gateway = static (inner, process) => new BelievesStrayNotFound(inner, process.Clock) },
        new("believes an old replica", "outcome") { Gateway = static (inner, _) => new BelievesOldReplica(inner) },
        new("believes another one's name", "truth") { Gateway = static (inner, process) => new BelievesOtherResource(inner, process.Clock) },
        new("claims connected on {}", "truth") { Gateway = static (inner, process) => new ClaimsConnected(inner, process.Clock) },
        new("gives an old state as a new one", "truth")
        {
            Gateway = static (inner, process) => new AnswersFromMemory(inner, process.Clock),
        },
        new("says notApplied when the gateway could not be asked", "outcome") { Server = static (inner, _) => new SaysNotApplied(inner) },
        new("takes accepted for done", "outcome") { Server = static (inner, _) => new TakesAcceptedForDone(inner) },
        new("forgets to cancel", "always-ends") { Server = static (inner, _) => new ForgetsToCancel(inner) },
        new("forgets the timeout", "always-ends") { Server = static (inner, _) => new ForgetsTheTimeout(inner) },
        new("forgets the locks", "one-change") { Store = static inner => new BrokenStore(inner, finds: true, locks: false) },
        new("forgets what a dead server had begun", "remembers")
        {
            Store = static inner => new BrokenStore(inner, finds: false, locks: true),
        },
        new("goes on by itself after a restart", "no-double-send") { Server = static (inner, process) => new GoesOnByItself(inner, process) },
        new("ignores Retry-After", "polite")
        {
            Gateway = static (inner, _) => new IgnoresRetryAfter(inner),
            Pace = static process => new DeafRateLimiter(process.Clock),
        },
        new("ignores the limit that the account has shown", "polite") { Pace = static process => new DeafRateLimiter(process.Clock) },
        new("asks too often", "polite") { Gateway = static (inner, _) => new AsksTooOften(inner) },
        new("takes the first sight of a state for its beginning", "since") { Client = static inner => new GuessesSince(inner) },
        new("keeps the news to itself", "agree") { Client = static inner => new TellsNobody(inner) },
        new("ends a connection early", "lease-not-early") { Store = static inner => new ChangesLeases(inner, ChangesLeases.Earlier) },
        new("ends another connection", "lease-own") { Store = static inner => new ChangesLeases(inner, ChangesLeases.WithoutFingerprint) },
        new("forgets the ends of connections", "lease-kept") { Store = static inner => new ChangesLeases(inner, static _ => null) },
        new("sends the end of a connection again without a look", "lease-once")
        {
            Gateway = static (inner, _) => new SendsAgain(inner, static fault => fault.Kind == FaultKind.Timeout),
        },
        new("waits too long for room", "wait-in-time") { Server = static (inner, _) => new WaitsLonger(inner) },
        new("connects although the environment has changed", "wait-unchanged")
        {
            Gateway = static (inner, _) => new HasNoRoom(inner),
            Server = static (inner, process) => new ConnectsAnyway(inner, process.Clock),
        },
        new("ends a connection with force", "lease-no-force") { Gateway = static (inner, _) => new ForcesDisconnect(inner) },
    ];
}
