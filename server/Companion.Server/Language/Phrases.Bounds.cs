namespace Companion.Server.Language;

// Bounds of agents and of the command line. A bound is the name of a member of companion-bounds.json.
internal partial class Phrases
{
    public virtual string BoundExceeded(string bound, string limit, string asked) => $"{bound} is {limit}, but this would be {asked}.";

    public virtual string NodesUnknown(string bound, string limit, string pool, string ranks) =>
        $"{bound} is {limit}, but this would be {ranks} ranks in {pool}, and the gateway doesn't report how many fit on a node.";

    public virtual string NodePoolNotAllowed(string bound, string pools, string pool) => $"{bound} is {pools}, without {pool}.";

    public virtual string NoNodePool => "an empty list";

    public virtual string RanksOnNodes(string nodes, string ranks, string perNode) => $"{nodes} ({ranks} ranks, with {perNode} on each)";

    public virtual string HoursOnDay(string hours, string day) => $"{hours} on {day}";

    public virtual string EnvironmentsInUse(string bound, string limit, string environments) =>
        $"{bound} is {limit}, and in use: {environments}. A connection counts until Companion has seen it end. If it has, read the environment first.";

    public virtual string EndNotMoved(string bound, string limit, string environment, string end) =>
        $"{bound} is {limit}, so the end of {environment} can't be moved to {end}.";

    public virtual string EndNotCleared(string bound, string limit, string environment) =>
        $"{bound} is {limit}, so the end of {environment} can't be cleared.";

    public virtual string NotOwnConnection(string bound, string limit, string environment) =>
        $"{bound} is {limit}, and the connection of {environment} may be someone else's.";

    public virtual string ChangedOnlyByPerson(string file) => $"Only a person can change that, in {file}.";

    public virtual string OnlyForPeople(string what) => $"Only a person can use {what}.";

    public virtual string BoundsNotRead(string reason) => $"The bounds can't be read, so nothing is allowed. {reason}. Only a person can fix that.";

    public virtual string ReservationNotStored(string reason) =>
        $"It can't be counted what's in use, so nothing is allowed: {reason.TrimEnd('.')}. Only a person can fix that.";
}
