using System.Text.Json;
using Companion.Gateway.Files;
using Companion.Protocol;
using Companion.Server.Accounts;
using Companion.Server.Changes;
using Companion.Server.Language;
using Companion.Server.Logging;
using Companion.Server.Scheduling;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Leases;

/// <summary>
/// Lets the operating system start a server at the end of a connection, and removes its timer once that's no longer needed. A timer that's left
/// does no harm: its server looks at the stored lease first.
/// </summary>
/// <param name="commandFor">Returns the command line for a timer's id. Copies this program if necessary.</param>
/// <param name="options">The options of the server that a timer starts, for any account, or why there can't be one.</param>
/// <param name="key">Returns the key in use, or null.</param>
internal sealed class SystemEnds(
    IUserTimers timers,
    Func<string, IReadOnlyList<string>> commandFor,
    (InitializationOptions Options, string? Obstacle) options,
    SessionMemory memory,
    LeaseBook book,
    Func<KeyInUse?> key,
    Phrases phrases,
    TimeProvider time,
    ILogger log)
{
    private const string Lock = "timers";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Identifies an environment's timer, and its options in the storage folder.</summary>
    public static string IdOf(SessionMemory memory, EnvironmentKey environment) => StoreNames.Timer(memory.Store.Place, memory.Gateway, environment);

    /// <summary>True if a timer is for this lease, and for its current end.</summary>
    public static bool IsFor(string id, SessionMemory memory, Lease lease) =>
        lease.Kept is { } kept && kept.SystemUntil == kept.Until && IdOf(memory, lease.Key) == id;

    /// <summary>Reads the options that a timer's server is to use.</summary>
    /// <returns>Null if there are none.</returns>
    public static InitializationOptions? ReadOptions(IDurableStore store, string id) =>
        store.Read(StoreNames.SystemEnd(id)) is { } text ? StorageJson.Parse(text, ProtocolJson.Default.InitializationOptions) : null;

    /// <summary>Checks whether an end can be kept while VS Code is closed, without changing anything.</summary>
    /// <returns>Null, or the reason why not.</returns>
    public async Task<string?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        if ((options.Obstacle ?? await timers.FindObstacleAsync(cancellationToken).ConfigureAwait(false)) is { } obstacle)
            return obstacle;
        return key() switch
        {
            { Source: KeySources.File } => null,
            { Source: KeySources.Environment, Origin: { } name } when await timers.HasVariableAsync(name, cancellationToken).ConfigureAwait(false) => null,
            _ => phrases.KeyNotOutsideVSCode,
        };
    }

    /// <summary>Sets the timer for the stored end of an environment's connection, and marks the end as kept by the system.</summary>
    /// <returns>Null, or the reason why not.</returns>
    public async Task<string?> KeepAsync(EnvironmentKey environment, CancellationToken cancellationToken)
    {
        using var held = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (held is null)
            return phrases.StorageLocked;
        if (book.Read(environment)?.Kept is not { } kept)
            return phrases.LeaseGone;
        var id = IdOf(memory, environment);
        var reason = await SetTimerAsync(id, environment, kept.Until, cancellationToken).ConfigureAwait(false);
        if (reason is null && (reason = book.Apply(environment, new LeaseEvent.SystemKeeps(time.GetUtcNow(), kept.Until)).Reason) is null)
            return null;
        await RemoveTimerAsync(id).ConfigureAwait(false);
        return reason;
    }

    /// <summary>Waits until no process is setting a timer, because that could be the one that has started this process, and reads the leases again.</summary>
    public async Task WaitForOthersAsync()
    {
        using (await LockAsync(CancellationToken.None).ConfigureAwait(false))
            book.Reload();
    }

    /// <summary>Removes the timer of an environment, unless another end has been set meanwhile.</summary>
    public async Task RemoveAsync(EnvironmentKey environment)
    {
        using var held = await LockAsync(CancellationToken.None).ConfigureAwait(false);
        if (held is not null && book.Read(environment)?.Kept?.SystemUntil is null)
            await RemoveTimerAsync(IdOf(memory, environment)).ConfigureAwait(false);
    }

    /// <summary>Removes the timer of an environment in the background.</summary>
    public void RemoveLater(EnvironmentKey environment) => _ = Task.Run(async () =>
    {
        try
        {
            await RemoveAsync(environment).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            ServerLog.TimerNotRemoved(log, environment.EnvironmentId, e);
        }
    });

    /// <summary>After this, VS Code keeps all ends alone: the user has signed out.</summary>
    public void ReleaseAll()
    {
        foreach (var lease in book.All.Values.Where(static lease => lease.Kept?.SystemUntil is not null))
            book.Apply(lease.Key, new LeaseEvent.SystemReleases(time.GetUtcNow()));
    }

    private async Task<string?> SetTimerAsync(string id, EnvironmentKey environment, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var stored = JsonSerializer.Serialize(
                options.Options with { AccountId = environment.AccountId }, ProtocolJson.Default.InitializationOptions);
            return memory.Store.Change(StoreNames.SystemEnd(id), _ => stored)
                ?? await timers.SetAsync(id, at, commandFor(id), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            return e.Message;
        }
    }

    private async Task RemoveTimerAsync(string id)
    {
        await timers.RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
        memory.Store.Change(StoreNames.SystemEnd(id), static _ => null);
    }

    private async Task<IDisposable?> LockAsync(CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); time.GetElapsedTime(began) < LongestWait;)
        {
            switch (memory.Store.TryLock(Lock))
            {
                case LockAttempt.Taken { Lock: var held }:
                    return held;
                case LockAttempt.Unusable:
                    return null;
            }

            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }
}
