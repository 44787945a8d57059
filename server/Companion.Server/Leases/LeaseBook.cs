using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Storage;

namespace Companion.Server.Leases;

/// <summary>
/// The leases as this process knows them. Each event is applied to the stored lease, so that all processes on this machine decide as one.
/// </summary>
/// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
internal sealed class LeaseBook(
    SessionMemory memory, EnvironmentChangePublisher publisher, Func<string?> accountId, TimeProvider time) : IConnectListener
{
    private readonly Lock _lock = new();
    private readonly LeaseStore _store = new(memory.Store, memory.Gateway);
    private readonly ConnectionTrail _trail = new(time);
    private IReadOnlyDictionary<EnvironmentKey, Lease> _leases = new Dictionary<EnvironmentKey, Lease>(); // replaced, never changed

    /// <summary>Called after the stored leases were read or changed.</summary>
    public Action OnRead { get; set; } = static () => { };

    /// <summary>Called when the operating system's timer for an environment is no longer needed.</summary>
    public Action<EnvironmentKey> OnSystemEndOver { get; set; } = static _ => { };

    /// <summary>All leases.</summary>
    public IReadOnlyDictionary<EnvironmentKey, Lease> All => Volatile.Read(ref _leases);

    /// <summary>Reads the stored leases again.</summary>
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
        OnRead();
    }

    /// <summary>Adds the lease to an environment for the client, unless it has no connection.</summary>
    public EnvironmentInfo With(EnvironmentInfo environment) =>
        environment.State is not (EnvironmentStates.Disconnected or EnvironmentStates.Deleting)
        && Find(new EnvironmentKey(environment.AccountId, environment.EnvironmentId)) is { } lease
        && (environment.State == EnvironmentStates.Connected || lease.Asked is null) // otherwise the next connection will have another end
            ? environment with { Lease = LeaseMachine.Describe(lease, time.GetUtcNow()) }
            : environment;

    /// <summary>The same for a list. Large lists are left alone if there are no leases.</summary>
    public IReadOnlyList<EnvironmentInfo> With(IReadOnlyList<EnvironmentInfo> environments) =>
        All.Count == 0 ? environments : [.. environments.Select(With)];

    /// <summary>Handles what the gateway reported about an environment, and adds the lease to it.</summary>
    public EnvironmentChangedParams Observe(EnvironmentChangedParams changed)
    {
        var key = new EnvironmentKey(changed.AccountId, changed.EnvironmentId);
        if (Find(key) is not { } lease)
            return changed;
        if (changed is { Environment: { } seen, Problem: null })
            Observe(key, lease, seen);
        else if (MissingEnvironment.IsIn(changed, accountId()))
            Apply(key, new LeaseEvent.Gone(time.GetUtcNow()), isTold: true);
        return changed.Environment is { } environment ? changed with { Environment = With(environment) } : changed;
    }

    /// <inheritdoc/>
    public string? Asked(Connect connect)
    {
        if (connect.Lease is not { } lease)
            return null;
        var before = publisher.Last(connect.Key);
        var end = new AskedEnd(connect.Attempt, connect.Connection, time.GetUtcNow())
        {
            Until = lease.Until,
            DurationSeconds = lease.DurationSeconds,
            StateBefore = before?.State,
            UpdateTimeBefore = before?.UpdateTime,
        };
        return Apply(connect.Key, new LeaseEvent.ConnectAsked(end.Since, end)).Reason;
    }

    /// <inheritdoc/>
    public void Connected(Connect connect, EnvironmentInfo environment)
    {
        if (environment.State != EnvironmentStates.Connected || Find(connect.Key) is null)
            return;
        var now = time.GetUtcNow();
        Apply(connect.Key, connect.Lease is null ? new LeaseEvent.Replaced(now) : new LeaseEvent.Connected(now, connect.Attempt, environment));
    }

    /// <inheritdoc/>
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

    /// <summary>True if no process is changing the environment.</summary>
    public bool IsFree(EnvironmentKey key)
    {
        if (memory.Intents.TryLock(key) is not LockAttempt.Taken { Lock: var held })
            return false;
        held.Dispose();
        return true;
    }

    /// <summary>Sets the end of the connection that was just read.</summary>
    /// <param name="latestMove">The latest time to which an end may be moved back. Null for any time.</param>
    /// <returns>Whether and how it was refused, or the reason why it couldn't be stored.</returns>
    public (LeaseAction Action, string? Reason) Set(EnvironmentKey key, LeaseParams end, EnvironmentInfo environment, DateTimeOffset? latestMove = null) =>
        Change(key, new LeaseEvent.Set(time.GetUtcNow(), end, environment, latestMove));

    /// <summary>Clears the end.</summary>
    /// <returns>The same as for <see cref="Set"/>.</returns>
    public (LeaseAction Action, string? Reason) Clear(EnvironmentKey key) => Change(key, new LeaseEvent.Cleared(time.GetUtcNow()));

    /// <summary>Applies an event to the stored lease, for all processes.</summary>
    /// <param name="isTold">True if the client is being told about the environment anyway.</param>
    public (LeaseStep? Step, string? Reason) Apply(EnvironmentKey key, LeaseEvent happened, bool isTold = false)
    {
        LeaseStep? step = null;
        string? reason;
        bool isChanged;
        var isSystemEndOver = false;
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
                    isSystemEndOver = lease?.Kept?.SystemUntil is not null && step.Value.Lease?.Kept?.SystemUntil is null;
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

        OnRead();
        if (isSystemEndOver)
            OnSystemEndOver(key);
        return (step, null);
    }

    private (LeaseAction Action, string? Reason) Change(EnvironmentKey key, LeaseEvent happened)
    {
        var (step, reason) = Apply(key, happened);
        return (step?.Action ?? LeaseAction.None, reason);
    }

    private void Observe(EnvironmentKey key, Lease lease, EnvironmentInfo seen)
    {
        var isContinuous = _trail.IsContinuous(key, lease.Kept?.Connection, seen);
        var happened = new LeaseEvent.Observed(time.GetUtcNow(), seen, isContinuous, IsFree: false);
        if (lease.Asked is not null && LeaseMachine.Next(lease, happened with { IsFree = true }).Lease != lease)
            happened = happened with { IsFree = IsFree(key) };
        if (LeaseMachine.Next(lease, happened).Lease != lease)
            Apply(key, happened, isTold: true);
    }

    private Lease? Find(EnvironmentKey key) => All.GetValueOrDefault(key);
}
