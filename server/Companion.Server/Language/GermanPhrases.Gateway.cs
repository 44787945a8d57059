using Companion.Gateway.Credentials;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string RolesNotTold => "Das Gateway nennt diesem API-Schlüssel die IAM-Rollen des Kontos nicht: Geben Sie stattdessen den ARN der Rolle ein.";

    public override string NotOffered(string gateway) =>
        $"{gateway} bietet diesem Konto keine Umgebungen und Knotenpools an; der Anbieter führt sie für gewöhnliche Konten nicht mehr auf.";

    public override string KeyNotAccepted => "Das Gateway nimmt den API-Schlüssel nicht an: Melden Sie sich mit einem gültigen an.";

    public override string MayNotUse(string environment, string account) =>
        $"Dieser API-Schlüssel darf {environment} des Kontos {account} nicht verwenden: Wählen Sie ein anderes Konto, oder bitten Sie dessen Inhaber um Zugriff.";

    public override string MayNotUseAccount =>
        "Dieser API-Schlüssel darf dieses Konto nicht verwenden: Wählen Sie ein anderes Konto, oder bitten Sie dessen Inhaber um Zugriff.";

    public override string NotFoundIn(string account, string environment, string said) =>
        $"Das Gateway kennt im Konto {account} nicht, wonach mit {environment} gefragt wurde{said}: Wählen Sie etwas anderes aus der Liste.";

    public override string NotFound(string said) => $"Das Gateway kennt es nicht{said}.";

    public override string AskedToWait(int seconds) => $"Das Gateway bittet, {seconds} s zu warten, da dieses Konto zu viele Anfragen sendet.";

    public override string TooEarly(int seconds) => $"Das Gateway möchte seltener gefragt werden: Versuchen Sie es in {seconds} s noch einmal.";

    public override string Exhausted(string said) =>
        $"Das Gateway hat zu viele Anfragen dieses Kontos oder keine Kapazität{said}: Versuchen Sie es in einer Minute erneut.";

    public override string Suspended(string said) => $"Das Konto ist gesperrt{said}: Sehen Sie auf der Abrechnungsseite des Anbieters nach.";

    public override string ValueRefused(string said) => $"Das Gateway hat einen Wert abgelehnt{said}: Berichtigen Sie ihn, und versuchen Sie es erneut.";

    public override string Refused(string said) => $"Das Gateway hat abgelehnt{said}: Bringen Sie das in Ordnung, und versuchen Sie es erneut.";

    public override string Failed(string why, string said) => $"Das Gateway ist gescheitert ({why}){said}: Versuchen Sie es in einer Minute erneut.";

    public override string NoKey => "Es gibt keinen API-Schlüssel: Melden Sie sich an, oder setzen Sie FIREWORKS_API_KEY und starten Sie den Server neu.";

    public override string KeyUnusable(UnusableKey key) =>
        $"Es gibt keinen brauchbaren API-Schlüssel: {key.Origin} {Fault(key.Fault)}. Berichtigen Sie das und starten Sie den Server neu, oder melden Sie sich an.";

    private static string Fault(ApiKeyFault fault) => fault.Kind switch
    {
        ApiKeyFaultKind.Empty => "ist leer",
        ApiKeyFaultKind.Quotes => "hat Anführungszeichen um den Schlüssel oder an einem Ende",
        ApiKeyFaultKind.Bearer => "hat \"Bearer\" vor dem Schlüssel",
        ApiKeyFaultKind.InvisibleCharacter => $"hat ein unsichtbares Zeichen ({fault.Detail}) im Schlüssel",
        ApiKeyFaultKind.Space => "hat ein Leerzeichen oder einen Zeilenumbruch im Schlüssel",
        ApiKeyFaultKind.OtherSection => $"hat den Schlüssel im Abschnitt {fault.Detail}, der nicht gelesen wird",
        _ => $"hat ein Zeichen ({fault.Detail}), das kein API-Schlüssel hat",
    };

    public override string NoAccount => "Dieser API-Schlüssel erreicht kein Konto: Verwenden Sie einen anderen Schlüssel.";

    public override string SeveralAccounts(string accounts) =>
        $"Dieser API-Schlüssel erreicht mehrere Konten ({accounts}): Wählen Sie eines mit accountId.";

    public override string AccountTakesTooLong => "Das Gateway braucht zu lange, um zu sagen, wessen Schlüssel das ist: Versuchen Sie es später erneut.";
}
