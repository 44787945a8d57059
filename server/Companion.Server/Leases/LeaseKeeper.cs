using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Logging;
using Companion.Server.Storage;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Leases;

/// <summary>
/// Keeps the ends of connections while this process runs. Waits with one timer, without asking the gateway. Each decision is made on the stored
/// lease, so that only one process on this machine announces or carries out an end.
/// </summary>
/// <param name="hasKey">True if there is a key.</param>
/// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
/// <param name="announce">Tells the client about an end.</param>
internal sealed class LeaseKeeper(
    SessionMemory memory,
    ChangeService changes,
    EnvironmentChangePublisher publisher,
    Func<bool> hasKey,
    Func<string?> accountId,
    Action<LeaseEndingParams> announce,
    TimeProvider time,
    ILogger log) : IDisposable
{
    private static readonly TimeSpan DisconnectLimit = TimeSpan.FromMinutes(30);

    // The wall clock can be set, and the machine can sleep: look at it this often.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly LeaseStore _store = new(memory.Store, memory.Gateway);
    private readonly Dictionary<EnvironmentKey, Look> _looks = [];
    private readonly HashSet<EnvironmentKey> _ending = [];
    private readonly HashSet<string> _askedAccounts = [];
    private IReadOnlyDictionary<EnvironmentKey, Lease> _leases = new Dictionary<EnvironmentKey, Lease>(); // replaced, never changed
    private IDisposable? _listening;
    private ITimer? _timer;
    private bool _isWatching;
    private bool _isDisposed;

    /// <summary>Reads the stored leases again, and acts on those that are due.</summary>
    public void Reload()
    {
        List<EnvironmentKey> changed;
        lock (_lock)
        {
            var before = _leases;
            _leases = _store.Read();
            changed = [.. before.Keys.Union(_leases.Keys).Where(key => before.GetValueOrDefault(key) != _leases.GetValueOrDefault(key))];
        }

        changed.ForEach(publisher.Retell);
        Wake();
    }

    /// <summary>Listens for the leases of other processes while the client watches environments.</summary>
    public void Watch(bool isWatching)
    {
        lock (_lock)
            _isWatching = isWatching;
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

    private void Wake()
    {
        Listen();
        if (_leases.Count == 0)
            return;
        var now = time.GetUtcNow();
        foreach (var lease in _leases.Values)
        {
            if (LeaseMachine.NextTick(lease, now) <= now || lease.Kept is { Stage: LeaseStage.Ending })
                Tick(lease, now);
        }

        Arm();
    }

    /// <summary>Adds the lease to an environment for the client, unless it has no connection.</summary>
    public EnvironmentInfo With(EnvironmentInfo environment) =>
        environment.State is not (EnvironmentStates.Disconnected or EnvironmentStates.Deleting)
        && Find(new EnvironmentKey(environment.AccountId, environment.EnvironmentId)) is { } lease
            ? environment with { Lease = LeaseMachine.Describe(lease, time.GetUtcNow()) }
            : environment;

    /// <summary>The same for a list. Large lists are left alone if there are no leases.</summary>
    public IReadOnlyList<EnvironmentInfo> With(IReadOnlyList<EnvironmentInfo> environments) =>
        Volatile.Read(ref _leases).Count == 0 ? environments : [.. environments.Select(With)];

    /// <summary>Handles what the gateway reported about an environment, and adds the lease to it.</summary>
    public EnvironmentChangedParams Observe(EnvironmentChangedParams changed)
    {
        var key = new EnvironmentKey(changed.AccountId, changed.EnvironmentId);
        if (Find(key) is not { } lease)
            return changed;
        if (changed is { Environment: { } seen, Problem: null })
            Observe(key, lease, seen);

        // With the key of another account, "not found" proves nothing.
        else if (changed is { Environment: null, Problem.Code: (int)GoogleRpcCode.NotFound } && accountId() == key.AccountId)
            Apply(key, new LeaseEvent.Gone(time.GetUtcNow()), isTold: true);
        return changed.Environment is { } environment ? changed with { Environment = With(environment) } : changed;
    }

    /// <summary>Stores the end of a connect before anything is sent.</summary>
    /// <returns>Null if it was stored, otherwise the reason why not.</returns>
    public string? Begin(Connect connect)
    {
        var before = publisher.Last(connect.Key);
        var end = new AskedEnd(connect.Attempt, connect.Connection, time.GetUtcNow())
        {
            Until = connect.Lease!.Until,
            DurationSeconds = connect.Lease.DurationSeconds,
            StateBefore = before?.State,
            UpdateTimeBefore = before?.UpdateTime,
        };
        return Apply(connect.Key, new LeaseEvent.ConnectAsked(end.Since, end)).Reason;
    }

    /// <summary>Handles a connect that was confirmed or accepted.</summary>
    /// <returns>The environment with its lease.</returns>
    public EnvironmentInfo Connected(Connect connect, EnvironmentInfo environment)
    {
        if (environment.State == EnvironmentStates.Connected && Find(connect.Key) is not null)
        {
            var now = time.GetUtcNow();
            Apply(connect.Key, connect.Lease is null ? new LeaseEvent.Replaced(now) : new LeaseEvent.Connected(now, connect.Attempt, environment));
        }

        return With(environment);
    }

    /// <summary>Handles a connect that provably had no effect.</summary>
    public void NotConnected(Connect connect)
    {
        if (Find(connect.Key) is { Asked: not null })
            Apply(connect.Key, new LeaseEvent.NotConnected(time.GetUtcNow(), connect.Attempt));
    }

    /// <summary>The lease as it's stored now, or null if there is none.</summary>
    public Lease? Read(EnvironmentKey key)
    {
        Reload();
        return Find(key);
    }

    /// <summary>Sets the end of the connection that was just read.</summary>
    /// <returns>Whether it was refused because the environment is being disconnected, or the reason why it couldn't be stored.</returns>
    public (bool IsEnding, string? Reason) Set(EnvironmentKey key, LeaseParams end, EnvironmentInfo environment) =>
        Change(key, new LeaseEvent.Set(time.GetUtcNow(), end, environment));

    /// <summary>Clears the end.</summary>
    /// <returns>The same as for <see cref="Set"/>.</returns>
    public (bool IsEnding, string? Reason) Clear(EnvironmentKey key) => Change(key, new LeaseEvent.Cleared(time.GetUtcNow()));

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

    private (bool IsEnding, string? Reason) Change(EnvironmentKey key, LeaseEvent happened)
    {
        var (step, reason) = Apply(key, happened);
        return (step?.Action == LeaseAction.Refuse, reason);
    }

    private void Observe(EnvironmentKey key, Lease lease, EnvironmentInfo seen)
    {
        var isContinuous = IsContinuous(key, lease, seen);
        var happened = new LeaseEvent.Observed(time.GetUtcNow(), seen, isContinuous, IsFree: false);
        if (lease.Asked is not null && LeaseMachine.Next(lease, happened with { IsFree = true }).Lease != lease)
            happened = happened with { IsFree = IsFree(key) };
        if (LeaseMachine.Next(lease, happened).Lease != lease)
            Apply(key, happened, isTold: true);
    }

    private bool IsContinuous(EnvironmentKey key, Lease lease, EnvironmentInfo seen)
    {
        var look = new Look(time.GetTimestamp(), seen.ObservedAt, lease.Kept?.Connection.IsLike(seen) == true);
        lock (_lock)
        {
            var last = _looks.TryGetValue(key, out var known) ? known : default;
            _looks[key] = look;

            // Both clocks must agree, as for the start of a state.
            return last.IsLike && look.IsLike && time.GetElapsedTime(last.At) <= StateSince.LongestGap
                && (look.ObservedAt - last.ObservedAt).Duration() <= StateSince.LongestGap;
        }
    }

    private void Tick(Lease lease, DateTimeOffset now)
    {
        var isKept = lease.Kept is { Stage: LeaseStage.Kept };
        if (isKept ? !MayAct(lease.AccountId) : !IsFree(lease.Key))
            return;
        var tick = new LeaseEvent.Tick(now, IsFree: !isKept);
        if (LeaseMachine.Next(lease, tick).Lease == lease)
            return;
        var (step, reason) = Apply(lease.Key, tick);
        if (reason is not null)
            ServerLog.LeaseNotStored(log, lease.EnvironmentId, reason);
        switch (step)
        {
            case { Action: LeaseAction.Notify, Lease.Kept: { } kept }:
                announce(new LeaseEndingParams
                {
                    AccountId = lease.AccountId,
                    EnvironmentId = lease.EnvironmentId,
                    Environment = publisher.Last(lease.Key) is { } last ? With(last) : null,
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

        if (Apply(key, happened).Reason is { } reason)
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

    // In this process or another one.
    private bool IsFree(EnvironmentKey key)
    {
        lock (_lock)
        {
            if (_ending.Contains(key))
                return false;
        }

        if (memory.Intents.TryLock(key) is not LockAttempt.Taken { Lock: var held })
            return false;
        held.Dispose();
        return true;
    }

    private Lease? Find(EnvironmentKey key) => Volatile.Read(ref _leases).GetValueOrDefault(key);

    /// <summary>Applies an event to the stored lease, for all processes.</summary>
    /// <param name="isTold">True if the client is being told about the environment anyway.</param>
    private (LeaseStep? Step, string? Reason) Apply(EnvironmentKey key, LeaseEvent happened, bool isTold = false)
    {
        LeaseStep? step = null;
        string? reason;
        bool isChanged;
        lock (_lock)
        {
            var before = _leases.GetValueOrDefault(key);
            reason = _store.Change(
                key,
                lease =>
                {
                    if (lease is null && happened is not (LeaseEvent.ConnectAsked or LeaseEvent.Set))
                        return null; // another process has removed it
                    step = LeaseMachine.Next(lease ?? new Lease(key.AccountId, key.EnvironmentId), happened);
                    return step.Value.Lease;
                },
                out var all);
            if (reason is not null)
                return (null, reason);
            Volatile.Write(ref _leases, all);
            isChanged = before != all.GetValueOrDefault(key);
        }

        if (isChanged && !isTold)
        {
            publisher.Retell(key);
            memory.Signal.Send();
        }

        Listen();
        Arm();
        return (step, null);
    }

    private void Listen()
    {
        lock (_lock)
        {
            if (!_isDisposed && (_isWatching || _leases.Count > 0))
            {
                _listening ??= memory.Signal.Listen(Reload);
                return;
            }

            _listening?.Dispose();
            _listening = null;
        }
    }

    private void Arm()
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_isDisposed || _leases.Values.Min(lease => LeaseMachine.NextTick(lease, now)) is not { } next)
            {
                _timer?.Dispose();
                _timer = null;
                return;
            }

            // What is due and couldn't be handled is looked at again later, as if the clock had been set.
            var wait = next > now && next - now < LongestWait ? next - now : LongestWait;
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

    /// <summary>The last look at an environment with a lease.</summary>
    /// <param name="IsLike">True if it showed the connection that the lease is for.</param>
    private readonly record struct Look(long At, DateTimeOffset ObservedAt, bool IsLike);
}
