namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string NodePoolNoLongerExists(string pool) => $"{pool} ist nicht mehr vorhanden.";

    public override string NodePoolCannotBeUsed(string pool, string state, string? why) => why is null
        ? $"{pool} kann nicht verwendet werden ({NodePoolState(state)})."
        : $"{pool} kann nicht verwendet werden ({NodePoolState(state)}: {why.TrimEnd('.')}).";

    public override string Interrupted(string? pool) =>
        $"Die Umgebung ist derzeit{With(pool)} verbunden. Alles, was darin ausgeführt wird, wird unterbrochen.";

    public override string InterruptedWithoutRoom(string? pool, string target) =>
        $"Die Umgebung ist derzeit{With(pool)} verbunden. Alles, was darin ausgeführt wird, wird unterbrochen. Da {target} derzeit keinen Platz für sie hat, wird sie möglicherweise nicht wieder verbunden.";

    public override string ExceedsMaximum(string pool, int wanted, int ceiling) =>
        $"{Ranks(wanted)} angefordert, auf {pool} sind jedoch auch nach dem Hochskalieren höchstens {Ranks(ceiling)} frei.";

    public override string ScaleUpFirst(string pool, int free) =>
        $"Derzeit {(free == 0 ? "keine Ranks" : $"nur {Ranks(free)}")} frei. {pool} muss zuerst hochskaliert werden, was Zeit in Anspruch nimmt.";

    public override string OtherZone(string volume, string pool) =>
        $"Das Volume der Umgebung befindet sich in der Zone {volume}, der Knotenpool jedoch in der Zone {pool}. Das Verschieben von Daten zwischen Zonen ist langsam.";

    public override string UnevenRanks(int wanted, int perNode) => $"{Ranks(wanted)} füllen keine ganzen Knoten mit je {Ranks(perNode)}.";

    public override string RoleNoLongerListed(string role) => $"Das Konto listet die Rolle {role} nicht mehr auf.";

    private static string With(string? pool) => string.IsNullOrEmpty(pool) ? "" : $" mit {pool}";
}
