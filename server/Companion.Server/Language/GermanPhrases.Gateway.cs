using Companion.Gateway.Credentials;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string RolesNotListed =>
        "Die IAM-Rollen des Kontos können mit diesem API-Schlüssel nicht aufgelistet werden. Geben Sie stattdessen den ARN der Rolle ein.";

    public override string NotOffered(string gateway) =>
        $"{gateway} bietet diesem Konto keine Umgebungen und Knotenpools an. Fireworks führt sie für reguläre Konten nicht mehr auf.";

    public override string KeyRejected => "Das Gateway akzeptiert den API-Schlüssel nicht. Melden Sie sich mit einem gültigen an.";

    public override string NoAccess(string environment, string account) =>
        $"Mit diesem API-Schlüssel ist kein Zugriff auf {environment} im Konto {account} möglich. Wählen Sie ein anderes Konto, oder bitten Sie dessen Inhaber um Zugriff.";

    public override string NoAccountAccess =>
        "Mit diesem API-Schlüssel ist kein Zugriff auf dieses Konto möglich. Wählen Sie ein anderes Konto, oder bitten Sie dessen Inhaber um Zugriff.";

    public override string NotFoundIn(string account, string environment, string detail) =>
        $"{environment} oder etwas dafür Angefordertes ist im Konto {account} nicht vorhanden{detail}. Wählen Sie etwas anderes aus der Liste aus.";

    public override string NotFound(string detail) => $"Das Gateway konnte es nicht finden{detail}.";

    public override string TooManyRequests(int seconds) => $"Dieses Konto hat zu viele Anforderungen gesendet. Versuchen Sie es in {seconds} s erneut.";

    public override string RequestsLimited(int seconds) =>
        $"Anforderungen an das Gateway sind vorübergehend begrenzt. Versuchen Sie es in {seconds} s erneut.";

    public override string Exhausted(string detail) => $"Ratenlimit erreicht oder keine Kapazität{detail}. Versuchen Sie es in einer Minute erneut.";

    public override string Suspended(string detail) => $"Das Konto ist gesperrt{detail}. Prüfen Sie die Abrechnungsseite von Fireworks.";

    public override string ValueRejected(string detail) => $"Das Gateway hat einen Wert abgelehnt{detail}. Korrigieren Sie ihn, und versuchen Sie es erneut.";

    public override string Rejected(string detail) =>
        $"Das Gateway hat die Anforderung abgelehnt{detail}. Beheben Sie das Problem, und versuchen Sie es erneut.";

    public override string Failed(string why, string detail) => $"Fehler des Gateways ({why}){detail}. Versuchen Sie es in einer Minute erneut.";

    public override string NoKey => "Kein API-Schlüssel gefunden. Melden Sie sich an, oder legen Sie FIREWORKS_API_KEY fest, und starten Sie den Server neu.";

    public override string KeyUnusable(UnusableKey key) =>
        $"Kein verwendbarer API-Schlüssel gefunden: {key.Origin} {Fault(key.Fault)}. Korrigieren Sie dies, und starten Sie den Server neu, oder melden Sie sich an.";

    private static string Fault(ApiKeyFault fault) => fault.Kind switch
    {
        ApiKeyFaultKind.Empty => "ist leer",
        ApiKeyFaultKind.Quotes => "enthält Anführungszeichen um den Schlüssel oder an einem Ende",
        ApiKeyFaultKind.Bearer => "enthält \"Bearer\" vor dem Schlüssel",
        ApiKeyFaultKind.InvisibleCharacter => $"enthält ein unsichtbares Zeichen ({fault.Detail}) im Schlüssel",
        ApiKeyFaultKind.Space => "enthält ein Leerzeichen oder einen Zeilenumbruch im Schlüssel",
        ApiKeyFaultKind.OtherSection => $"enthält den Schlüssel im Abschnitt {fault.Detail}, der nicht gelesen wird",
        _ => $"enthält ein Zeichen ({fault.Detail}), das in keinem API-Schlüssel vorkommt",
    };

    public override string NoAccount => "Mit diesem API-Schlüssel ist kein Zugriff auf ein Konto möglich. Verwenden Sie einen anderen Schlüssel.";

    public override string SeveralAccounts(string accounts) =>
        $"Mit diesem API-Schlüssel ist Zugriff auf mehrere Konten möglich ({accounts}). Wählen Sie eines mit accountId aus.";

    public override string AccountTakesTooLong => "Die Ermittlung des Kontos dieses API-Schlüssels hat zu lange gedauert. Versuchen Sie es später erneut.";
}
