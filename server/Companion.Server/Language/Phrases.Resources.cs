using System.Globalization;

namespace Companion.Server.Language;

// The gateway's resources, in a diagnosis.
internal partial class Phrases
{
    public virtual string SignInKeyRejected(string gateway, int status) =>
        string.Create(CultureInfo.InvariantCulture, $"{gateway} rejected the API key you signed in with (HTTP {status}). Sign in with a valid one.");

    public virtual string KeyFromAccepted(string origin) => $"The gateway accepts the API key ({origin}).";

    public virtual string KeyFromRejected(string origin) => $"The gateway doesn't accept the API key ({origin}). Sign in with a valid one.";

    public virtual string CannotCheckKey => "This gateway can't check a key on its own. The next steps show whether it works.";

    public virtual string ReachesAccount(string account) => $"The key can access account {account}.";

    public virtual string ReachesItsAccount => "The key can access its account.";

    public virtual string NotSuspended => "The account isn't suspended.";

    public virtual string NoEnvironmentSelected => "No environment is selected.";

    public virtual string NoNodePoolSelected => "No node pool is selected.";

    public virtual string StateOfEnvironment(string environment, string state) => $"State of {environment}: {State(state)}.";

    public virtual string StateAfterFailure(string environment, string state, string code) =>
        $"State of {environment}: {State(state)}. Its last change failed ({code}).";

    public virtual string NoSuchEnvironment(string account, string environment) =>
        $"Account {account} has no environment {environment}, or the gateway doesn't offer it environments. Choose one from the list.";

    public virtual string NodePoolReady(string pool) => $"{pool} is ready.";

    public virtual string NodePoolNotReady(string pool, string state) => $"{NodePoolCannotBeUsed(pool, state, why: null)} Choose another node pool.";

    public virtual string NoSuchNodePool(string account, string pool) => $"Account {account} has no node pool {pool}. Choose one from the list.";

    public virtual string CapacityUnknown(string pool) => $"Couldn't determine how much of {pool} is free.";

    public virtual string AlreadyRunning(string pool, int free) => $"The environment is already running on {pool}. {Ranks(free)} free.";

    public virtual string NotEnoughCapacity(string pool, int wanted, int free, int ceiling) =>
        $"{pool} doesn't have enough capacity: {Ranks(wanted)} requested, {Ranks(free)} free, and at most {Ranks(ceiling)} with autoscaling. "
        + "Choose another node pool or fewer ranks.";

    public virtual string MustScaleUp(string pool, int wanted, int free, int ceiling) =>
        $"{pool} must scale up first: {Ranks(wanted)} requested, {Ranks(free)} free, {Ranks(ceiling)} with autoscaling. "
        + "That can take minutes, or fail if the cloud has no machines available.";

    public virtual string HasCapacity(string pool, int wanted, int free) => $"{pool} has enough capacity: {Ranks(wanted)} requested, {Ranks(free)} free.";

    private static string Ranks(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "rank" : "ranks")}");
}
