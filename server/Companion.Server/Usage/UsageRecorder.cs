using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Logging;
using Microsoft.Extensions.Logging;

namespace Companion.Server.Usage;

/// <summary>
/// Records what the gateway reports about connections, in the history on this machine. Observations are gathered and stored together, so that
/// watching an environment rarely writes.
/// </summary>
/// <param name="isChanging">True while this process is changing the environment. Called under the publisher's lock.</param>
/// <param name="accountId">Returns the account in use, or null while it is unknown.</param>
internal sealed class UsageRecorder(
    UsageStore store, Func<EnvironmentKey, bool> isChanging, InstanceTypes instanceTypes, Func<string?> accountId, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan AfterChange = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Usually = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<EnvironmentKey, Last> _last = [];
    private List<Last> _pending = [];
    private volatile HashSet<EnvironmentKey>? _open; // replaced, never changed
    private ITimer? _timer;
    private DateTimeOffset? _due;
    private string? _told;
    private bool _isDisposed;

    /// <summary>Returns who started the connection of an environment, if that wasn't a person. Called when observations are stored.</summary>
    public Func<EnvironmentInfo, string?> StartedBy { get; init; } = static _ => null;

    /// <summary>Handles what the gateway reported about an environment.</summary>
    public void Observe(EnvironmentChangedParams changed)
    {
        var key = new EnvironmentKey(changed.AccountId, changed.EnvironmentId);
        if (changed is { Environment: { } seen, Problem: null })
            Add(new UsageLook(key, seen.ObservedAt, seen, isChanging(key), InstanceTypeOf(seen)));
        else if (MissingEnvironment.IsIn(changed, accountId()))
            Add(new UsageLook(key, time.GetUtcNow(), Environment: null));
    }

    /// <summary>
    /// Handles a list of environments. Only those that were connected when they were last seen matter: a list can have thousands of others.
    /// </summary>
    public void ObserveListed(IReadOnlyList<EnvironmentInfo> environments)
    {
        if (!store.IsKept)
            return;
        var open = _open ??= [.. store.ReadOpen().Select(static row => row.Key)];
        foreach (var listed in environments)
        {
            var key = new EnvironmentKey(listed.AccountId, listed.EnvironmentId);
            if (open.Contains(key))
                Add(new UsageLook(key, listed.ObservedAt, listed, isChanging(key), InstanceTypeOf(listed)));
        }
    }

    /// <summary>Stores what was observed so far.</summary>
    /// <returns>Null if it was stored, otherwise the reason why not.</returns>
    public string? Flush()
    {
        lock (_writing)
        {
            UsageLook[] looks;
            lock (_lock)
            {
                looks = [.. _pending.Select(static last => last.Look)];
                _pending.ForEach(static last => last.IsPending = false);
                _pending = [];
                _due = null;
            }

            if (looks.Length == 0)
                return _told;
            var reason = store.Apply(Array.ConvertAll(looks, look => look with { By = look.Environment is { } seen ? StartedBy(seen) : null }), out var open);
            _open = open ?? _open;
            if (reason is not null && reason != _told)
                ServerLog.UsageNotStored(log, reason);
            return _told = reason;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }

        Flush();
    }

    private void Add(UsageLook look)
    {
        lock (_lock)
        {
            if (_isDisposed || !store.IsKept)
                return;
            var isSame = _last.TryGetValue(look.Key, out var last) && IsSame(last.Look, look);
            if (isSame && look.Environment?.State != EnvironmentStates.Connected)
                return;
            if (isSame && last!.IsPending)
            {
                last.Look = look;
                return;
            }

            _last[look.Key] = last = new Last(look);
            _pending.Add(last);
            Arm(isSame ? Usually : AfterChange);
        }
    }

    private void OnTimer()
    {
        try
        {
            Flush();
        }
        catch (Exception e)
        {
            ServerLog.UsageBroke(log, e);
        }
    }

    private void Arm(TimeSpan wait)
    {
        var due = time.GetUtcNow() + wait;
        if (_due <= due)
            return;
        _due = due;
        if (_timer is null)
            _timer = time.CreateTimer(_ => OnTimer(), null, wait, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private string? InstanceTypeOf(EnvironmentInfo seen) =>
        seen.Connection is { } connection ? instanceTypes.Of(seen.AccountId, connection.NodePoolId) : null;

    private static bool IsSame(UsageLook one, UsageLook other) =>
        one.Environment?.State == other.Environment?.State
        && one.Environment?.UpdateTime == other.Environment?.UpdateTime
        && one.Environment?.Connection == other.Environment?.Connection;

    /// <summary>The last observation of an environment.</summary>
    private sealed class Last(UsageLook look)
    {
        public UsageLook Look { get; set; } = look;

        public bool IsPending { get; set; } = true;
    }
}
