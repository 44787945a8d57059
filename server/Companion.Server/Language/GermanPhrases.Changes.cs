namespace Companion.Server.Language;

internal sealed partial class GermanPhrases
{
    public override string Connecting(string environment, string pool) => $"{environment} wird mit {pool} verbunden";

    public override string Disconnecting(string environment) => $"{environment} wird getrennt";

    public override string Looking => "das Gateway wird nach dem Stand gefragt";

    public override string Requested => "angefordert";

    public override string RequestedAgain => "erneut angefordert, da das Gateway nicht begonnen hatte";

    public override string Retrying => "das Gateway ist überlastet; neuer Versuch";

    public override string Settling => "die Antwort ging verloren; das Gateway wird gefragt, was daraus geworden ist";

    public override string Accepted => "angenommen";

    public override string AcceptedAnd(string state) => $"angenommen; das Gateway meldet {state}";

    public override string Explaining => "abgelehnt; das Gateway wird nach dem Stand gefragt";

    public override string Unconfirmed => "das Gateway antwortet nicht; es wird erneut gefragt";

    public override string Busy(string verb, string environment) =>
        $"{environment} wird gerade {Participle(verb)}: Warten Sie, bis das vorbei ist. Es wurde nichts gesendet.";

    public override string BusyElsewhere(string environment) =>
        $"Ein anderes Fenster auf diesem Rechner ändert gerade {environment}: Warten Sie, bis es fertig ist. Es wurde nichts gesendet.";

    public override string Unprotected(string environment, string reason) =>
        $"Companion kann nicht sicherstellen, dass kein anderes Fenster {environment} gleichzeitig ändert: {reason.TrimEnd('.')}. Es wurde nichts gesendet.";

    public override string StoppedWaiting => "Das Warten wurde beendet.";

    public override string SignedOut => "Abgemeldet.";

    public override string TimeIsUp => "Die Zeit ist um.";

    public override string NothingWasSent => "Es wurde nichts gesendet.";

    public override string GoesOn(string verb, string environment) =>
        $"Was gesendet wurde, wird nicht zurückgenommen: Das Gateway kann {environment} noch {Infinitive(verb)}.";

    public override string GoesOnFrom(string verb, string environment, string state) =>
        $"Was gesendet wurde, wird nicht zurückgenommen: Das Gateway kann {environment} noch {Infinitive(verb)}; zuletzt meldete es {state}.";

    public override string Unknown(string verb, string environment, string gateway) =>
        $"Niemand kann sagen, ob {environment} {Participle(verb)} wurde, da {gateway} nicht mehr antwortet: Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string UnknownAs(string verb, string environment, string why) =>
        $"Es ist nicht bekannt, ob {environment} {Participle(verb)} wurde. {why} Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotMoved(string verb, string environment, string state) =>
        $"Das Gateway hat das {Noun(verb)} angenommen, aber {environment} ist noch {state}. Es kann noch wirksam werden: Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string OnOtherPool(string environment, string pool, string requested) =>
        $"{environment} ist mit {pool} verbunden, angefordert war {requested}. Ob das Verbinden wirksam wurde, ist unbekannt: Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotAsRequested(string environment) =>
        $"{environment} ist verbunden, aber nicht genau wie angefordert. Ob das Verbinden wirksam wurde, ist unbekannt: Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string Unclear(string verb, string environment, string state) =>
        $"Ob das {Noun(verb)} von {environment} wirksam wurde, ist unbekannt: Der Zustand ist {state}. Aktualisieren Sie, bevor Sie es erneut versuchen.";

    public override string NotSettled(string verb, string environment) => $"{environment} wurde nicht {Participle(verb)}.";

    public override string NotSettledAs(string verb, string environment, string why) => $"{environment} wurde nicht {Participle(verb)}: {why}.";

    public override string NoCapacity => "Wählen Sie einen anderen Knotenpool oder weniger Ranks, oder versuchen Sie es später erneut.";

    public override string OnNoNodePool =>
        "Die Umgebung ist jetzt auf keinem Knotenpool; sehen Sie ins Protokoll, und versuchen Sie es erneut oder wählen Sie einen anderen Knotenpool.";

    public override string StillConnected =>
        "Die Umgebung ist noch verbunden und kostet weiter; versuchen Sie es erneut, oder bauen Sie ihre Snapshots neu auf.";

    public override string ConnectedOtherwise => "Die Umgebung ist verbunden wie vorher.";

    public override string ConnectingAlready(string environment) => $"{environment} wird bereits verbunden: Warten Sie, bis die Verbindung steht.";

    public override string NotConnected(string environment) => $"{environment} ist mit keinem Knotenpool verbunden: Es gibt nichts zu trennen.";

    public override string ChangeRefused(string verb, string environment, string state, string said) =>
        $"Das Gateway hat das {Noun(verb)} abgelehnt, da {environment} {state} ist{said}.";

    public override string ChangeRefusedIn(string verb, string environment, string said) =>
        $"Das Gateway hat das {Noun(verb)} von {environment} abgelehnt{said}: Bringen Sie das in Ordnung, und versuchen Sie es erneut.";

    public override string NotTakenPlace(string verb, string environment, string state, string why) =>
        $"{environment} wurde nicht {Participle(verb)} ({why}): Der Zustand ist {state}. Versuchen Sie es erneut.";
}
