using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string SignInKeyRejected(string gateway, int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"{gateway} hat den API-Schlüssel abgelehnt, mit dem Sie sich angemeldet haben (HTTP {status}). Melden Sie sich mit einem gültigen an.");

    public override string KeyFromAccepted(string origin) => $"Das Gateway akzeptiert den API-Schlüssel ({origin}).";

    public override string KeyFromRejected(string origin) =>
        $"Das Gateway akzeptiert den API-Schlüssel nicht ({origin}). Melden Sie sich mit einem gültigen an.";

    public override string CannotCheckKey =>
        "Dieses Gateway kann einen Schlüssel nicht einzeln prüfen. Die nächsten Schritte zeigen, ob er funktioniert.";

    public override string ReachesAccount(string account) => $"Mit dem Schlüssel ist Zugriff auf das Konto {account} möglich.";

    public override string ReachesItsAccount => "Mit dem Schlüssel ist Zugriff auf das zugehörige Konto möglich.";

    public override string NotSuspended => "Das Konto ist nicht gesperrt.";

    public override string NoEnvironmentSelected => "Es ist keine Umgebung ausgewählt.";

    public override string NoNodePoolSelected => "Es ist kein Knotenpool ausgewählt.";

    public override string StateOfEnvironment(string environment, string state) => $"Zustand von {environment}: {State(state)}.";

    public override string StateAfterFailure(string environment, string state, string code) =>
        $"Zustand von {environment}: {State(state)}. Die letzte Änderung ist fehlgeschlagen ({code}).";

    public override string NoSuchEnvironment(string account, string environment) =>
        $"Das Konto {account} enthält keine Umgebung {environment}, oder das Gateway bietet ihm keine Umgebungen an. Wählen Sie eine aus der Liste aus.";

    public override string NodePoolReady(string pool) => $"{pool} ist bereit.";

    public override string NodePoolNotReady(string pool, string state) =>
        $"{NodePoolCannotBeUsed(pool, state, why: null)} Wählen Sie einen anderen Knotenpool.";

    public override string NoSuchNodePool(string account, string pool) =>
        $"Das Konto {account} enthält keinen Knotenpool {pool}. Wählen Sie einen aus der Liste aus.";

    public override string CapacityUnknown(string pool) => $"Es konnte nicht ermittelt werden, wie viel von {pool} frei ist.";

    public override string AlreadyRunning(string pool, int free) => $"Die Umgebung wird bereits auf {pool} ausgeführt. {Ranks(free)} frei.";

    public override string NotEnoughCapacity(string pool, int wanted, int free, int ceiling) =>
        $"Die Kapazität von {pool} reicht nicht aus: {Ranks(wanted)} angefordert, {Ranks(free)} frei, mit automatischer Skalierung höchstens {Ranks(ceiling)}. "
        + "Wählen Sie einen anderen Knotenpool oder weniger Ranks.";

    public override string MustScaleUp(string pool, int wanted, int free, int ceiling) =>
        $"{pool} muss zuerst hochskaliert werden: {Ranks(wanted)} angefordert, {Ranks(free)} frei, {Ranks(ceiling)} mit automatischer Skalierung. "
        + "Das kann Minuten dauern oder fehlschlagen, wenn in der Cloud keine Computer verfügbar sind.";

    public override string HasCapacity(string pool, int wanted, int free) =>
        $"Die Kapazität von {pool} reicht aus: {Ranks(wanted)} angefordert, {Ranks(free)} frei.";

    private static string Ranks(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "Rank" : "Ranks")}");
}
