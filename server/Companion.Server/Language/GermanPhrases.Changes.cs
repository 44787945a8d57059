using System.Globalization;

namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string Connecting(string environment, string pool) => $"{environment} wird mit {pool} verbunden";

    public override string Disconnecting(string environment) => $"{environment} wird getrennt";

    public override string Checking => "Der Zustand der Umgebung wird geprüft";

    public override string Requested => "Anforderung gesendet";

    public override string RequestedAgain => "Anforderung erneut gesendet, da das Gateway nicht begonnen hatte";

    public override string Retrying => "Das Gateway ist ausgelastet. Neuer Versuch";

    public override string Settling => "Die Antwort ging verloren. Es wird geprüft, was geschehen ist";

    public override string Accepted => "Angenommen";

    public override string AcceptedAnd(string state) => $"Angenommen. Aktueller Zustand: {State(state)}";

    public override string RefreshingAfterRefusal => "Abgelehnt. Der Zustand der Umgebung wird geprüft";

    public override string Unconfirmed => "Das Gateway antwortet nicht. Es wird erneut geprüft";

    public override string Busy(string verb, string environment) =>
        $"{environment} wird gerade {Participle(verb)}. Warten Sie, bis dies abgeschlossen ist. Es wurde nichts gesendet.";

    public override string BusyElsewhere(string environment) =>
        $"{environment} wird gerade in einem anderen Fenster auf diesem Computer geändert. Warten Sie, bis dies abgeschlossen ist. Es wurde nichts gesendet.";

    public override string Unprotected(string environment, string reason) =>
        $"Es konnte nicht sichergestellt werden, dass kein anderes Fenster {environment} gleichzeitig ändert: {reason.TrimEnd('.')}. Es wurde nichts gesendet.";

    public override string LeaseNotStored(string environment, string reason) =>
        $"Es konnte nicht gespeichert werden, wann die Verbindung von {environment} endet: {reason.TrimEnd('.')}. Es wurde nichts gesendet.";

    public override string NotKeptBySystem(string environment, string reason) =>
        $"Das Ende von {environment} kann nicht eingehalten werden, während VS Code geschlossen ist: {reason.TrimEnd('.')}. Es wurde nichts geändert.";

    public override string KeptOnlyByVSCode(string environment, string reason) =>
        $"Das Ende von {environment} wurde festgelegt, wird aber nur eingehalten, während VS Code ausgeführt wird: {reason.TrimEnd('.')}.";

    public override string NotInSandbox => "Die Sandbox endet mit ihrem Server";

    public override string ProxyPasswordNotStored => "Der Proxy erfordert ein Kennwort, das Companion nicht speichert";

    public override string KeyNotOutsideVSCode =>
        "Der API-Schlüssel muss sich in auth.ini oder in der Umgebung der Dienste des Benutzers befinden, da der geheime Speicher von VS Code dann geschlossen ist";

    public override string StorageLocked => "Der Speicherordner kann nicht gesperrt werden";

    public override string LeaseGone => "Ein anderes Fenster hat es geändert";

    public override string NoStorageFolder => "Es ist kein Speicherordner festgelegt.";

    public override string HistoryNotDeleted(string reason) => $"Der Verlauf der Verbindungen wurde nicht vollständig gelöscht. Grund: {reason}";

    public override string NothingToEnd(string environment) =>
        $"{environment} ist nicht verbunden, daher gibt es keine Verbindung, die enden kann. Verbinden Sie die Umgebung zuerst.";

    public override string WaitingForRoom(int? free, int ranks, int? ceiling) => (free, ceiling) switch
    {
        (null, _) => "Es wird auf Kapazität gewartet. Das Gateway meldet nicht, wie viele Ranks frei sind",
        _ when ceiling > free => string.Create(
            CultureInfo.InvariantCulture,
            $"Es wird auf Kapazität gewartet: {free} von {ranks} Ranks sind frei, mit automatischer Skalierung bis zu {ceiling}. Neue Knoten brauchen einige Minuten"),
        _ => string.Create(CultureInfo.InvariantCulture, $"Es wird auf Kapazität gewartet: {free} von {ranks} Ranks sind frei"),
    };

    public override string NoRoomInTime(string pool) => $"In {pool} wurde nicht rechtzeitig Kapazität frei.";

    public override string WaitReplaced(string environment) =>
        $"Es wird nicht mehr auf Kapazität gewartet, weil eine andere Änderung von {environment} angefordert wurde.";

    public override string ChangedMeanwhile(string environment) => $"{environment} wurde in der Zwischenzeit geändert.";

    public override string SignedInAgain => "Es wird nicht mehr gewartet, weil Sie sich neu angemeldet haben.";

    public override string StoppedWaiting => "Das Warten wurde beendet.";

    public override string SignedOut => "Abgemeldet.";

    public override string TimedOut => "Zeitüberschreitung.";

    public override string NothingWasSent => "Es wurde nichts gesendet.";

    public override string RequestRejected => "Das Gateway hat die Anforderung abgelehnt.";

    public override string NotSent(string verb, string environment, string why) =>
        $"{environment} konnte nicht {Participle(verb)} werden. {NothingWasSent} {why}";

    public override string MayStillHappen(string verb, string environment) =>
        $"Die Anforderung wurde bereits gesendet. {environment} wird daher möglicherweise noch {Participle(verb)}.";

    public override string MayStillHappenFrom(string verb, string environment, string state) =>
        $"Die Anforderung wurde bereits gesendet. {environment} wird daher möglicherweise noch {Participle(verb)}. Zuletzt gemeldeter Zustand: {State(state)}.";

    public override string NotConfirmed(string verb, string environment, string gateway) =>
        $"Es konnte nicht bestätigt werden, ob {environment} {Participle(verb)} wurde, da {gateway} nicht mehr antwortet. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotConfirmedBecause(string verb, string environment, string why) =>
        $"Es konnte nicht bestätigt werden, ob {environment} {Participle(verb)} wurde. {why} Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string AcceptedWithoutEffect(string verb, string environment, string state) =>
        $"Das Gateway hat die Anforderung angenommen, aber der Zustand von {environment} ist weiterhin: {State(state)}. Die Umgebung wird möglicherweise noch {Participle(verb)}. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string OnOtherPool(string environment, string pool, string requested) =>
        $"{environment} ist mit {pool} statt mit {requested} verbunden. Es konnte nicht bestätigt werden, ob Ihre Anforderung wirksam wurde. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotAsRequested(string environment) =>
        $"{environment} ist verbunden, aber nicht genau wie angefordert. Es konnte nicht bestätigt werden, ob Ihre Anforderung wirksam wurde. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string Unclear(string verb, string environment, string state) =>
        $"Es konnte nicht bestätigt werden, ob {environment} {Participle(verb)} wurde. Aktueller Zustand: {State(state)}. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotSentAgain => "Die Anforderung wurde nicht erneut gesendet.";

    public override string WasNotConnected(string environment) => $"{environment} wurde nicht verbunden.";

    public override string WasNotDisconnected(string environment) => $"{environment} wurde nicht getrennt.";

    public override string StillConnected(string environment) => $"{environment} ist weiterhin verbunden und verursacht weiterhin Kosten.";

    public override string SaidByGateway(string what, string why) => $"{what} Meldung vom Gateway: {why}.";

    public override string NoCapacity(string pool) =>
        $"{pool} verfügt derzeit nicht über genügend freie Kapazität. Wählen Sie einen anderen Knotenpool oder weniger Ranks aus, oder warten Sie auf Kapazität.";

    public override string MaybeTemporary =>
        "Das ist möglicherweise vorübergehend. Die Umgebung ist derzeit mit keinem Knotenpool verbunden. Versuchen Sie es erneut, oder wählen Sie einen anderen Knotenpool aus.";

    public override string RetryingDoesNotHelp => "Ein erneuter Versuch hilft nicht. Wählen Sie einen anderen Knotenpool oder eine andere Rolle aus.";

    public override string OnNoNodePool =>
        "Die Umgebung ist derzeit mit keinem Knotenpool verbunden. Versuchen Sie es erneut, oder wählen Sie einen anderen Knotenpool aus.";

    public override string SnapshotFailed =>
        "Versuchen Sie es zuerst erneut. Wenn das fehlschlägt, erstellen Sie die Snapshots neu, was länger dauert. Wenn Sie die Trennung erzwingen, geht alles verloren, was in keinem Snapshot enthalten ist.";

    public override string ConnectedAsBefore => "Die Umgebung ist wie zuvor verbunden.";

    public override string AlreadyConnecting(string environment) => $"{environment} wird bereits verbunden. Warten Sie, bis die Verbindung hergestellt ist.";

    public override string NotConnected(string environment) => $"{environment} ist mit keinem Knotenpool verbunden. Es gibt nichts zu trennen.";

    public override string ChangeRejectedInState(string verb, string environment, string state, string detail) =>
        $"Das Gateway hat das {Noun(verb)} von {environment} abgelehnt{detail}. Aktueller Zustand: {State(state)}.";

    public override string ChangeRejected(string verb, string environment, string detail) =>
        $"Das Gateway hat das {Noun(verb)} von {environment} abgelehnt{detail}. Beheben Sie das Problem, und versuchen Sie es erneut.";

    public override string NotApplied(string verb, string environment, string state, string why) =>
        $"{environment} konnte nicht {Participle(verb)} werden ({why}). Aktueller Zustand: {State(state)}. Versuchen Sie es erneut.";
}
