using System.Globalization;
using Companion.Gateway;

namespace Companion.Server.Language;

// The English of these is the gateway client's own.
internal sealed partial class GermanPhrases
{
    public override string Unanswered(GatewayException fault) => fault.Kind switch
    {
        FaultKind.NotSent => NotSent(fault),
        FaultKind.Timeout => "Das Gateway hat nicht rechtzeitig geantwortet.",
        FaultKind.ConnectionLost => "Die Verbindung zum Gateway ging verloren, bevor es antwortete.",
        _ => BadAnswer(fault),
    };

    private static string NotSent(GatewayException fault) => (fault.NotSentReason, fault.RetryAfter) switch
    {
        (NotSentReason.NoApiKey, _) => "Es gibt keinen brauchbaren API-Schlüssel: Melden Sie sich an.",
        (NotSentReason.InvalidId, _) => "Eine Kennung ist nicht so geschrieben, wie Kennungen es sind.",
        (NotSentReason.NameResolution, _) => "Der Name des Gateways oder des Proxys davor ließ sich nicht auflösen.",
        (NotSentReason.ConnectionRefused, _) => "Das Gateway oder der Proxy davor hat die Verbindung abgelehnt.",
        (NotSentReason.ConnectTimeout, _) => "Die Verbindung zum Gateway kam nicht rechtzeitig zustande.",
        (NotSentReason.Tls, _) =>
            "Die sichere Verbindung zum Gateway ist gescheitert: Vielleicht wird seinem Zertifikat auf diesem Rechner nicht vertraut.",
        (NotSentReason.Proxy, _) => "Der Proxy lehnt es ab, zum Gateway zu verbinden.",
        (_, { } wait) => string.Create(
            CultureInfo.InvariantCulture,
            $"Das Gateway möchte seltener gefragt werden: Versuchen Sie es in {Math.Ceiling(wait.TotalSeconds)} s erneut."),
        _ => "Die Anfrage konnte nicht an das Gateway gesendet werden.",
    };

    private static string BadAnswer(GatewayException fault) => fault.BadAnswerReason switch
    {
        BadAnswerReason.Redirect =>
            $"Das Gateway antwortete mit einer Weiterleitung{(fault.RedirectHost is { } host ? $" zu {host}" : "")}, der nicht gefolgt wird: "
            + "Prüfen Sie die URL des Gateways, und ob dieses Netz eine Anmeldung im Browser verlangt.",
        BadAnswerReason.Page => "Statt der Antwort des Gateways kam eine Webseite.",
        BadAnswerReason.NotHttp => "Die Antwort des Gateways ist kein gültiges HTTP.",
        BadAnswerReason.StrayNotFound =>
            $"Es kam HTTP {fault.HttpStatus} zurück, aber nicht im Format des Gateways: Vielleicht hat ein Proxy oder Load Balancer geantwortet, "
            + "oder das Gateway bietet diesem Konto das nicht an.",
        BadAnswerReason.CutOff => "Die Antwort des Gateways wurde abgeschnitten.",
        _ => "Die Antwort des Gateways ist unbrauchbar: Sie ist zu groß oder nicht das JSON, nach dem gefragt wurde.",
    };
}
