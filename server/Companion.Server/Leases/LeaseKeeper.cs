using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Leases;

/// <summary>
/// Keeps the ends of connections while this process runs. Waits with one timer, without asking the gateway. Only one process on this machine
/// announces or carries out an end.
/// </summary>
/// <param name="hasKey">True if there is a key.</param>
/// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
/// <param name="announce">Tells the client about an end.</param>
internal sealed class LeaseKeeper(
    LeaseBook book,
    ChangeService changes,
    EnvironmentChangePublisher publisher,
    CrossProcessSignal signal,
    Func<bool> hasKey,
    Func<string?> accountId,
    Action<LeaseEndingParams> announce,
    TimeProvider time,
    ILogger log) : IDisposable
{
    private static readonly TimeSpan DisconnectLimit = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private readonly HashSet<EnvironmentKey> _ending = [];
    private readonly HashSet<string> _askedAccounts = [];
    private IDisposable? _listening;
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Whether this process keeps leases at all. Default: true.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Whether this process keeps a lease. Default: all.</summary>
    public Func<Lease, bool> IsOwn { get; init; } = static _ => true;

    /// <summary>Keeps the stored leases, and acts on those that are due.</summary>
    public void Start()
    {
        if (IsActive)
            book.OnRead = Continue;
        Reload();
    }

    /// <summary>The client has asked about an environment in this account with the current key.</summary>
    public void Asked(string account)
    {
        lock (_lock)
        {
            if (!_askedAccounts.Add(account))
                return;
        }

        Wake();
    }

    /// <summary>There is another key, or none.</summary>
    public void KeyChanged()
    {
        lock (_lock)
            _askedAccounts.Clear();
        Wake();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _listening?.Dispose();
            _timer?.Dispose();
            (_listening, _timer) = (null, null);
        }
    }

    /// <summary>Reads the stored leases again, and acts on those that are due.</summary>
    public void Reload()
    {
        book.Reload();
        Wake();
    }

    private void Continue()
    {
        Listen();
        Arm();
    }

    private void Wake()
    {
        if (!IsActive)
            return;
        Listen();
        if (book.All.Count == 0)
            return;
        var now = time.GetUtcNow();
        foreach (var lease in book.All.Values.Where(IsOwn))
        {
            if (LeaseMachine.NextTick(lease, now) <= now || lease.Kept is { Stage: LeaseStage.Ending })
                Tick(lease, now);
        }

        Arm();
    }

    private void Tick(Lease lease, DateTimeOffset now)
    {
        var isKept = lease.Kept is { Stage: LeaseStage.Kept };
        if (isKept ? !MayAct(lease.AccountId) : !IsFree(lease.Key))
            return;
        var tick = new LeaseEvent.Tick(now, IsFree: !isKept);
        if (LeaseMachine.Next(lease, tick).Lease == lease)
            return;
        var (step, reason) = book.Apply(lease.Key, tick);
        if (reason is not null)
            ServerLog.LeaseNotStored(log, lease.EnvironmentId, reason);
        switch (step)
        {
            case { Action: LeaseAction.Notify, Lease.Kept: { } kept }:
                announce(new LeaseEndingParams
                {
                    AccountId = lease.AccountId,
                    EnvironmentId = lease.EnvironmentId,
                    Environment = publisher.Last(lease.Key) is { } last ? book.With(last) : null,
                    Until = kept.End,
                });
                break;
            case { Action: LeaseAction.Disconnect, Lease.Kept: { } kept }:
                ServerLog.LeaseEnds(log, lease.EnvironmentId);
                _ = EndAsync(lease.Key, kept.Connection);
                break;
        }
    }

    private async Task EndAsync(EnvironmentKey key, ConnectionFingerprint only)
    {
        lock (_lock)
            _ending.Add(key);
        LeaseEvent happened;
        try
        {
            var disconnect = new Disconnect(key, Wait.Settled, Force: null, ResetSnapshots: null) { Only = only };
            var answer = await changes.RunUnattendedAsync(disconnect, DisconnectLimit, CancellationToken.None).ConfigureAwait(false);
            happened = new LeaseEvent.Ended(time.GetUtcNow(), answer);
        }
        catch (Exception e)
        {
            ServerLog.LeaseBroke(log, key.EnvironmentId, e);
            happened = new LeaseEvent.Broken(time.GetUtcNow());
        }

        if (book.Apply(key, happened).Reason is { } reason)
            ServerLog.LeaseNotStored(log, key.EnvironmentId, reason);
        lock (_lock)
            _ending.Remove(key);
    }

    private bool MayAct(string account)
    {
        if (!hasKey())
            return false;
        lock (_lock)
        {
            if (_askedAccounts.Contains(account))
                return true;
        }

        return accountId() == account;
    }

    // Between the disconnect and storing its result, the lock is already released.
    private bool IsFree(EnvironmentKey key)
    {
        lock (_lock)
        {
            if (_ending.Contains(key))
                return false;
        }

        return book.IsFree(key);
    }

    private void Listen()
    {
        lock (_lock)
        {
            if (!_isDisposed)
                _listening ??= signal.Listen(Reload); // another process may set an end at any time
        }
    }

    private void Arm()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_isDisposed || book.All.Values.Where(IsOwn).Min(lease => LeaseMachine.NextTick(lease, now)) is not { } next)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }

            // What is due and couldn't be handled is looked at again later, as if the clock had been set.
            var wait = WallClock.WaitFor(next - now);
            if (_timer is null)
                _timer = time.CreateTimer(_ => OnTimer(), null, wait, Timeout.InfiniteTimeSpan);
            else
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        try
        {
            Wake();
        }
        catch (Exception e)
        {
            ServerLog.LeasesBroke(log, e);
            Arm();
        }
    }
}
