using System.Globalization;
using Companion.Gateway;

namespace Companion.Server.Language;

// The English ones are the gateway client's own messages.
internal sealed partial class GermanPhrases
{
    public override string Unanswered(GatewayException fault) => fault.Kind switch
    {
        FaultKind.NotSent => NotSent(fault),
        FaultKind.Timeout => "Das Gateway hat nicht rechtzeitig geantwortet.",
        FaultKind.ConnectionLost => "Die Verbindung mit dem Gateway wurde unterbrochen, bevor eine Antwort empfangen wurde.",
        _ => InvalidResponse(fault),
    };

    private static string NotSent(GatewayException fault) => (fault.NotSentReason, fault.RetryAfter) switch
    {
        (NotSentReason.NoApiKey, _) => "Kein verwendbarer API-Schlüssel vorhanden. Melden Sie sich an.",
        (NotSentReason.InvalidId, _) => "Eine ID ist ungültig.",
        (NotSentReason.NameResolution, _) => "Der Hostname des Gateways oder eines vorgeschalteten Proxys konnte nicht aufgelöst werden.",
        (NotSentReason.ConnectionRefused, _) => "Das Gateway oder ein vorgeschalteter Proxy hat die Verbindung abgelehnt.",
        (NotSentReason.ConnectTimeout, _) => "Die Verbindung mit dem Gateway konnte nicht rechtzeitig hergestellt werden.",
        (NotSentReason.Tls, _) =>
            "Die sichere Verbindung mit dem Gateway ist fehlgeschlagen. Möglicherweise ist sein Zertifikat auf diesem Computer nicht vertrauenswürdig.",
        (NotSentReason.Proxy, _) => "Der Proxy hat die Verbindung mit dem Gateway abgelehnt.",
        (_, { } wait) => string.Create(
            CultureInfo.InvariantCulture,
            $"Anforderungen an das Gateway sind vorübergehend begrenzt. Versuchen Sie es in {Math.Ceiling(wait.TotalSeconds)} s erneut."),
        _ => "Die Anforderung konnte nicht an das Gateway gesendet werden.",
    };

    private static string InvalidResponse(GatewayException fault) => fault.InvalidResponseReason switch
    {
        InvalidResponseReason.Redirect =>
            $"Das Gateway antwortete mit einer Weiterleitung{(fault.RedirectHost is { } host ? $" zu {host}" : "")}, der nicht gefolgt wird. "
            + "Prüfen Sie die Gateway-URL, und ob dieses Netzwerk eine Anmeldung im Browser erfordert.",
        InvalidResponseReason.WebPage => "Statt einer API-Antwort wurde eine Webseite empfangen.",
        InvalidResponseReason.NotHttp => "Die Antwort des Gateways ist kein gültiges HTTP.",
        InvalidResponseReason.StrayNotFound =>
            $"HTTP {fault.HttpStatus} wurde empfangen, aber nicht im Format des Gateways. Möglicherweise hat ein Proxy oder Lastenausgleich geantwortet, "
            + "oder das Gateway bietet dies für dieses Konto nicht an.",
        InvalidResponseReason.CutOff => "Die Antwort des Gateways ist unvollständig.",
        _ => "Die Antwort des Gateways ist nicht verwendbar. Sie ist zu groß oder nicht das erwartete JSON.",
    };
}
