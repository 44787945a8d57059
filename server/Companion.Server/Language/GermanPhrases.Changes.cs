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

    public override string AcceptedAnd(string state) => $"Angenommen. Das Gateway meldet {state}";

    public override string RefreshingAfterRefusal => "Abgelehnt. Der Zustand der Umgebung wird geprüft";

    public override string Unconfirmed => "Das Gateway antwortet nicht. Es wird erneut geprüft";

    public override string Busy(string verb, string environment) =>
        $"{environment} wird gerade {Participle(verb)}. Warten Sie, bis dies abgeschlossen ist. Es wurde nichts gesendet.";

    public override string BusyElsewhere(string environment) =>
        $"{environment} wird gerade in einem anderen Fenster auf diesem Computer geändert. Warten Sie, bis dies abgeschlossen ist. Es wurde nichts gesendet.";

    public override string Unprotected(string environment, string reason) =>
        $"Es konnte nicht sichergestellt werden, dass kein anderes Fenster {environment} gleichzeitig ändert: {reason.TrimEnd('.')}. Es wurde nichts gesendet.";

    public override string StoppedWaiting => "Das Warten wurde beendet.";

    public override string SignedOut => "Abgemeldet.";

    public override string TimedOut => "Zeitüberschreitung.";

    public override string NothingWasSent => "Es wurde nichts gesendet.";

    public override string MayStillHappen(string verb, string environment) =>
        $"Die Anforderung wurde bereits gesendet. {environment} wird daher möglicherweise noch {Participle(verb)}.";

    public override string MayStillHappenFrom(string verb, string environment, string state) =>
        $"Die Anforderung wurde bereits gesendet. {environment} wird daher möglicherweise noch {Participle(verb)}. Der zuletzt gemeldete Zustand ist {state}.";

    public override string NotConfirmed(string verb, string environment, string gateway) =>
        $"Es konnte nicht bestätigt werden, ob {environment} {Participle(verb)} wurde, da {gateway} nicht mehr antwortet. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotConfirmedBecause(string verb, string environment, string why) =>
        $"Es konnte nicht bestätigt werden, ob {environment} {Participle(verb)} wurde. {why} Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string AcceptedWithoutEffect(string verb, string environment, string state) =>
        $"Das Gateway hat die Anforderung angenommen, aber {environment} hat noch den Zustand {state}. Die Umgebung wird möglicherweise noch {Participle(verb)}. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string OnOtherPool(string environment, string pool, string requested) =>
        $"{environment} ist mit {pool} statt mit {requested} verbunden. Es konnte nicht bestätigt werden, ob Ihre Anforderung wirksam wurde. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotAsRequested(string environment) =>
        $"{environment} ist verbunden, aber nicht genau wie angefordert. Es konnte nicht bestätigt werden, ob Ihre Anforderung wirksam wurde. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string Unclear(string verb, string environment, string state) =>
        $"Es konnte nicht bestätigt werden, ob {environment} {Participle(verb)} wurde. Der Zustand ist {state}. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string CouldNot(string verb, string environment) => $"{environment} konnte nicht {Participle(verb)} werden.";

    public override string CouldNotBecause(string verb, string environment, string why) => $"{environment} konnte nicht {Participle(verb)} werden: {why}.";

    public override string NoCapacity => "Wählen Sie einen anderen Knotenpool oder weniger Ranks, oder versuchen Sie es später erneut.";

    public override string OnNoNodePool =>
        "Die Umgebung befindet sich jetzt auf keinem Knotenpool. Prüfen Sie das Protokoll, und versuchen Sie es erneut, oder wählen Sie einen anderen Knotenpool.";

    public override string StillConnected =>
        "Die Umgebung ist noch verbunden und verursacht weiterhin Kosten. Versuchen Sie es erneut, oder erstellen Sie ihre Momentaufnahmen neu.";

    public override string ConnectedAsBefore => "Die Umgebung ist wie zuvor verbunden.";

    public override string AlreadyConnecting(string environment) => $"{environment} wird bereits verbunden. Warten Sie, bis die Verbindung hergestellt ist.";

    public override string NotConnected(string environment) => $"{environment} ist mit keinem Knotenpool verbunden. Es gibt nichts zu trennen.";

    public override string ChangeRejectedInState(string verb, string environment, string state, string detail) =>
        $"Das Gateway hat das {Noun(verb)} von {environment} abgelehnt, da die Umgebung den Zustand {state} hat{detail}.";

    public override string ChangeRejected(string verb, string environment, string detail) =>
        $"Das Gateway hat das {Noun(verb)} von {environment} abgelehnt{detail}. Beheben Sie das Problem, und versuchen Sie es erneut.";

    public override string NotApplied(string verb, string environment, string state, string why) =>
        $"{environment} konnte nicht {Participle(verb)} werden ({why}). Der Zustand ist {state}. Versuchen Sie es erneut.";
}
