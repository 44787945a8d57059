using Companion.Protocol;
using Companion.Server.Language;

namespace Companion.Server.Sessions;

/// <summary>The options of a server that a timer of the operating system starts.</summary>
internal static class TimerOptions
{
    /// <summary>Makes the options from the settings of a session. Variables become options: the system's services don't have those of VS Code.</summary>
    /// <returns>The options, and why they can't be stored, or null if they can.</returns>
    public static (InitializationOptions Options, string? Obstacle) From(ServerSettings settings, Phrases phrases)
    {
        var http = settings.Http;
        var options = new InitializationOptions
        {
            GatewayUrl = settings.Gateway.ToString(),
            VscodeVersion = settings.VscodeVersion,
            StoragePath = settings.StoragePath,
            Proxy = http.Proxy ?? http.EnvironmentProxy?.Value,
            ProxySupport = http.IsDirect ? "off" : null,
            NoProxy = http.NoProxy ?? http.EnvironmentNoProxy?.Value.Split(','),
            StrictSsl = http.StrictSsl,
            CaFile = http.CaFile ?? (http.CertificateFiles is [var first, ..] ? first.Path : null),
        };
        var obstacle = settings.Gateway.IsSandbox ? phrases.NotInSandbox
            : options.Proxy?.Contains('@') == true || !string.IsNullOrWhiteSpace(http.ProxyAuthorization) ? phrases.ProxyPasswordNotStored
            : string.IsNullOrEmpty(settings.StoragePath) ? phrases.NoStorageFolder
            : null;
        return (options, obstacle);
    }
}
