using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Leases;
using Companion.Server.Logging;
using Companion.Server.Scheduling;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Sessions;

/// <summary>The process that a timer of the operating system starts at the end of a connection.</summary>
internal static class UnattendedProcess
{
    /// <summary>Ends the connection if it's due, by the same rules as a server that VS Code has started.</summary>
    /// <param name="id">Identifies the timer.</param>
    /// <returns>False if the connection's end was missed.</returns>
    public static async Task<bool> EndAsync(
        string id, string storagePath, SessionFactory sessions, IUserTimers timers, TimeProvider time, ILogger log)
    {
        if (SystemEnds.ReadOptions(new FolderStore(storagePath), id) is not { } options)
        {
            await timers.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
            return true;
        }

        try
        {
            return await EndAsync(id, options, sessions, timers, time, log).ConfigureAwait(false);
        }
        catch (MethodException e) // a setting can't be used any more
        {
            ServerLog.LeaseBroke(log, id, e);
            return false;
        }
    }

    private static async Task<bool> EndAsync(
        string id, InitializationOptions options, SessionFactory sessions, IUserTimers timers, TimeProvider time, ILogger log)
    {
        var settings = ServerSettings.From(new InitializeParams { InitializationOptions = options }, baseUrl: null) with { OnlyLease = id };
        var memory = sessions.Remember(settings);
        using var session = sessions.Open(settings, memory);
        await session.SystemEnds.WaitForOthersAsync().ConfigureAwait(false);
        if (session.Leases.All.Values.FirstOrDefault(lease => SystemEnds.IsFor(id, memory, lease))?.Key is not { } environment)
        {
            await timers.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
            return true;
        }

        if (session.Accounts.ApiKey is null)
            ServerLog.NoKeyForLease(log, environment.EnvironmentId);
        var isDone = await UnattendedEnd.WaitAsync(session.Leases, environment, time).ConfigureAwait(false);
        session.UsageRecorder.Flush();
        if (isDone)
            await session.SystemEnds.RemoveAsync(environment).ConfigureAwait(false);
        return isDone;
    }
}
