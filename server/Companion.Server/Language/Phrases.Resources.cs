using System.Globalization;

namespace Companion.Server.Language;

// Of what the gateway has, in a diagnosis.
internal partial class Phrases
{
    public virtual string KeyRefused(string gateway, int status) =>
        string.Create(CultureInfo.InvariantCulture, $"{gateway} refused the API key that was signed in with (HTTP {status}): sign in with a valid one.");

    public virtual string KeyFromAccepted(string origin) => $"The gateway accepts the API key ({origin}).";

    public virtual string KeyFromNotAccepted(string origin) => $"The gateway does not accept the API key ({origin}): sign in with a valid one.";

    public virtual string NoWayToCheckKey => "This gateway has no way to check a key alone: the next steps tell.";

    public virtual string ReachesAccount(string account) => $"The key reaches account {account}.";

    public virtual string ReachesItsAccount => "The key reaches its account.";

    public virtual string NotSuspended => "The account is not suspended.";

    public virtual string NoEnvironmentChosen => "No environment is chosen.";

    public virtual string NoNodePoolChosen => "No node pool is chosen.";

    public virtual string IsInState(string id, string state) => $"{id} is {state}.";

    public virtual string IsInStateAfterFailure(string environment, string state, string code) =>
        $"{environment} is {state}; its last change failed ({code}).";

    public virtual string NoSuchEnvironment(string account, string environment) =>
        $"Account {account} has no environment {environment}, or its gateway offers none to it: choose one from the list.";

    public virtual string NodePoolNotReady(string pool, string state) => $"{pool} is {state}: choose another node pool.";

    public virtual string NoSuchNodePool(string account, string pool) => $"Account {account} has no node pool {pool}: choose one from the list.";

    public virtual string CapacityNotTold(string pool) => $"The gateway does not say how full {pool} is.";

    public virtual string HasItsRanks(string pool, int free) => $"The environment has its ranks on {pool}; {Ranks(free)} more are free.";

    public virtual string NoRoom(string pool, int wanted, int free, int ceiling) =>
        $"{pool} has no room: {Ranks(wanted)} wanted, {Ranks(free)} free, and no more than {Ranks(ceiling)} even if it grows. "
        + "Choose another node pool, or fewer ranks.";

    public virtual string HasToGrow(string pool, int wanted, int free, int ceiling) =>
        $"{pool} has to grow first: {Ranks(wanted)} wanted, {Ranks(free)} free, {Ranks(ceiling)} if it grows. "
        + "That may take minutes, or fail where the cloud has no machines.";

    public virtual string HasRoom(string pool, int wanted, int free) => $"{pool} has room: {Ranks(wanted)} wanted, {Ranks(free)} free.";

    private static string Ranks(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "rank" : "ranks")}");
}
