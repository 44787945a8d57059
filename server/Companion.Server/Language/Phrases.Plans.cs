namespace Companion.Server.Language;

// What to confirm before a connect.
internal partial class Phrases
{
    public virtual string NodePoolNoLongerExists(string pool) => $"{pool} no longer exists.";

    public virtual string NodePoolCannotBeUsed(string pool, string state, string? why) =>
        why is null ? $"{pool} can't be used ({NodePoolState(state)})." : $"{pool} can't be used ({NodePoolState(state)}: {why.TrimEnd('.')}).";

    public virtual string Interrupted(string? pool) => $"It's connected{To(pool)} now. Anything running in it will be interrupted.";

    public virtual string InterruptedWithoutRoom(string? pool, string target) =>
        $"It's connected{To(pool)} now. Anything running in it will be interrupted. Because {target} has no room for it now, it might not be connected again.";

    public virtual string ExceedsMaximum(string pool, int wanted, int ceiling) =>
        $"{Ranks(wanted)} requested, but {pool} has at most {Ranks(ceiling)} free, even after scaling up.";

    public virtual string ScaleUpFirst(string pool, int free) =>
        $"{(free == 0 ? "No ranks" : $"Only {Ranks(free)}")} free now. {pool} must scale up first, which takes time.";

    public virtual string OtherZone(string volume, string pool) =>
        $"Its volume is in zone {volume}, but the node pool is in zone {pool}. Moving data between zones is slow.";

    public virtual string UnevenRanks(int wanted, int perNode) =>
        $"{Ranks(wanted)} don't fill whole nodes of {Ranks(perNode)} each.";

    public virtual string RoleNoLongerListed(string role) => $"The account no longer lists the role {role}.";

    private static string To(string? pool) => string.IsNullOrEmpty(pool) ? "" : $" to {pool}";
}
