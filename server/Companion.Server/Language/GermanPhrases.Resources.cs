using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string KeyRefused(string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"{gateway} hat den API-Schlüssel abgelehnt, mit dem Sie angemeldet waren (HTTP {status}): Melden Sie sich mit einem gültigen an.");

    public override string KeyFromAccepted(string origin) => $"Das Gateway nimmt den API-Schlüssel an ({origin}).";

    public override string KeyFromNotAccepted(string origin) =>
        $"Das Gateway nimmt den API-Schlüssel nicht an ({origin}): Melden Sie sich mit einem gültigen an.";

    public override string NoWayToCheckKey => "Dieses Gateway kann einen Schlüssel allein nicht prüfen: Die nächsten Schritte zeigen es.";

    public override string ReachesAccount(string account) => $"Der Schlüssel erreicht das Konto {account}.";

    public override string ReachesItsAccount => "Der Schlüssel erreicht sein Konto.";

    public override string NotSuspended => "Das Konto ist nicht gesperrt.";

    public override string NoEnvironmentChosen => "Es ist keine Umgebung gewählt.";

    public override string NoNodePoolChosen => "Es ist kein Knotenpool gewählt.";

    public override string IsInState(string id, string state) => $"{id} hat den Zustand {state}.";

    public override string IsInStateAfterFailure(string environment, string state, string code) =>
        $"{environment} hat den Zustand {state}; die letzte Änderung ist fehlgeschlagen ({code}).";

    public override string NoSuchEnvironment(string account, string environment) =>
        $"Das Konto {account} hat keine Umgebung {environment}, oder sein Gateway bietet ihm keine an: Wählen Sie eine aus der Liste.";

    public override string NodePoolNotReady(string pool, string state) => $"{pool} hat den Zustand {state}: Wählen Sie einen anderen Knotenpool.";

    public override string NoSuchNodePool(string account, string pool) =>
        $"Das Konto {account} hat keinen Knotenpool {pool}: Wählen Sie einen aus der Liste.";

    public override string CapacityNotTold(string pool) => $"Das Gateway sagt nicht, wie voll {pool} ist.";

    public override string HasItsRanks(string pool, int free) => $"Die Umgebung hat ihre Ranks auf {pool}; frei sind noch {Ranks(free)}.";

    public override string NoRoom(string pool, int wanted, int free, int ceiling) =>
        $"{pool} hat keinen Platz: {Ranks(wanted)} gewünscht, {Ranks(free)} frei, und auch nach Wachstum höchstens {Ranks(ceiling)}. "
        + "Wählen Sie einen anderen Knotenpool oder weniger Ranks.";

    public override string HasToGrow(string pool, int wanted, int free, int ceiling) =>
        $"{pool} muss erst wachsen: {Ranks(wanted)} gewünscht, {Ranks(free)} frei, {Ranks(ceiling)} nach Wachstum. "
        + "Das kann Minuten dauern oder scheitern, wo die Cloud keine Maschinen hat.";

    public override string HasRoom(string pool, int wanted, int free) => $"{pool} hat Platz: {Ranks(wanted)} gewünscht, {Ranks(free)} frei.";

    private static string Ranks(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "Rank" : "Ranks")}");
}
