namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string BoundExceeded(string bound, string limit, string asked) => $"{bound} ist {limit}, angefordert wurde aber {asked}.";

    public override string NodesUnknown(string bound, string limit, string pool, string ranks) =>
        $"{bound} ist {limit}, angefordert wurden aber {ranks} Ranks in {pool}, und das Gateway meldet nicht, wie viele auf einen Knoten passen.";

    public override string NodePoolNotAllowed(string bound, string pools, string pool) => $"{bound} ist {pools}, ohne {pool}.";

    public override string NoNodePool => "eine leere Liste";

    public override string RanksOnNodes(string nodes, string ranks, string perNode) => $"{nodes} ({ranks} Ranks mit je {perNode} pro Knoten)";

    public override string HoursOnDay(string hours, string day) => $"{hours} am {day}";

    public override string EnvironmentsInUse(string bound, string limit, string environments) =>
        $"{bound} ist {limit} und wird genutzt: {environments}. Eine Verbindung zählt, bis Companion ihr Ende gesehen hat. Wenn sie beendet ist, lesen Sie zuerst die Umgebung.";

    public override string EndNotMoved(string bound, string limit, string environment, string end) =>
        $"{bound} ist {limit}, daher kann das Ende von {environment} nicht auf {end} verschoben werden.";

    public override string EndNotCleared(string bound, string limit, string environment) =>
        $"{bound} ist {limit}, daher kann das Ende von {environment} nicht entfernt werden.";

    public override string NotOwnConnection(string bound, string limit, string environment) =>
        $"{bound} ist {limit}, und die Verbindung von {environment} gehört möglicherweise jemand anderem.";

    public override string ChangedOnlyByPerson(string file) => $"Das kann nur ein Mensch ändern, in {file}.";

    public override string OnlyForPeople(string what) => $"{what} kann nur ein Mensch verwenden.";

    public override string BoundsNotRead(string reason) =>
        $"Die Grenzen können nicht gelesen werden, daher ist nichts erlaubt. {reason}. Das kann nur ein Mensch beheben.";

    public override string ReservationNotStored(string reason) =>
        $"Es kann nicht gezählt werden, was genutzt wird, daher ist nichts erlaubt: {reason.TrimEnd('.')}. Das kann nur ein Mensch beheben.";
}
