using Microsoft.Extensions.Logging;

namespace Companion.Server.Logging;

/// <summary>The server's own log messages.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "JSON-RPC, {Method}: {Detail}")]
    public static partial void Protocol(ILogger logger, string method, string detail, Exception? exception);

    [LoggerMessage(EventId = 8, Level = LogLevel.Information, Message = "The lease of {Environment} ends: disconnecting it if its connection is the same")]
    public static partial void LeaseEnds(ILogger logger, string environment);

    [LoggerMessage(EventId = 9, Level = LogLevel.Warning, Message = "Couldn't store the lease of {Environment}: {Reason}")]
    public static partial void LeaseNotStored(ILogger logger, string environment, string reason);

    [LoggerMessage(EventId = 10, Level = LogLevel.Error, Message = "Ending the lease of {Environment} failed")]
    public static partial void LeaseBroke(ILogger logger, string environment, Exception exception);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "Couldn't store the history of connections: {Reason}")]
    public static partial void UsageNotStored(ILogger logger, string reason);

    [LoggerMessage(EventId = 13, Level = LogLevel.Error, Message = "Storing the history of connections failed")]
    public static partial void UsageBroke(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 14, Level = LogLevel.Warning, Message = "Couldn't remove the timer for the end of {Environment}")]
    public static partial void TimerNotRemoved(ILogger logger, string environment, Exception exception);

    [LoggerMessage(EventId = 15, Level = LogLevel.Error, Message = "There's no API key to disconnect {Environment} with. Waiting for one")]
    public static partial void NoKeyForLease(ILogger logger, string environment);

    [LoggerMessage(EventId = 11, Level = LogLevel.Error, Message = "Looking at the leases failed")]
    public static partial void LeasesBroke(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The connection to the client failed")]
    public static partial void ConnectionBroke(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "The sandbox received {Method} {Path} {Body}")]
    public static partial void SandboxReceived(ILogger logger, string method, string path, string body);

    [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "{Warning}")]
    public static partial void Credentials(ILogger logger, string warning);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "{Origin} has an entry that can't be read and is ignored: {Entry}")]
    public static partial void InvalidNoProxyEntry(ILogger logger, string origin, string entry);

    [LoggerMessage(
        EventId = 6, Level = LogLevel.Warning,
        Message = "Certificates aren't verified because strictSSL is false. Anyone on the network path to the gateway can read the API key")]
    public static partial void CertificatesNotChecked(ILogger logger);

    [LoggerMessage(
        EventId = 7, Level = LogLevel.Warning,
        Message = "The request to {Verb} {Environment} isn't protected from changes in other windows, and won't be followed up if Companion exits: {Reason}")]
    public static partial void Unprotected(ILogger logger, string verb, string environment, string reason);
}
