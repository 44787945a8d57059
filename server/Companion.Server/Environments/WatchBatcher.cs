using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>
/// Reads environments that are only watched. If an account has several of them, one list answers for all as soon as the first read is due.
/// </summary>
internal sealed class WatchBatcher(IGateway gateway, EnvironmentReader reader, EnvironmentChangePublisher publisher, TimeProvider time)
{
    private const int MostAlone = 32;

    private readonly FifoSemaphore _alone = new(MostAlone); // without lists, don't send a thousand requests at once
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Batch> _underWay = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _pages = new(StringComparer.Ordinal);
    private bool _isInBackground;
    private Task _gathered = Task.CompletedTask;
    private ILookup<string, EnvironmentKey> _watched = Array.Empty<EnvironmentKey>().ToLookup(static k => k.AccountId, StringComparer.Ordinal);

    /// <summary>
    /// Called for a watched environment that wasn't read itself, with its entry in a list, or with the error of the list; with neither if
    /// it isn't in the list.
    /// </summary>
    public Action<EnvironmentKey, Observation?, GatewayException?>? ListObserved { get; set; }

    /// <summary>True while no one is looking at what is watched.</summary>
    public bool IsInBackground
    {
        get
        {
            lock (_lock)
                return _isInBackground;
        }
    }

    /// <summary>Sets the watched environments.</summary>
    public void Watch(IEnumerable<EnvironmentKey> keys, bool inBackground)
    {
        lock (_lock)
        {
            _isInBackground = inBackground;
            _watched = keys.ToLookup(static k => k.AccountId, StringComparer.Ordinal);
            foreach (var account in _pages.Keys.Where(account => !_watched.Contains(account)))
                _pages.Remove(account);
        }
    }

    /// <summary>
    /// Lets one list answer for all environments that start to be read in <paramref name="start"/>, no matter how fast the gateway responds.
    /// </summary>
    public void Gather(Action start)
    {
        var gathered = new TaskCompletionSource();
        lock (_lock)
            _gathered = gathered.Task;
        try
        {
            start();
        }
        finally
        {
            gathered.SetResult();
        }
    }

    /// <summary>Reads a watched environment.</summary>
    /// <exception cref="GatewayException">The gateway didn't describe it.</exception>
    public async Task<Observation> GetAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        var turn = new Turn(key);
        if (Join(turn, out var isFirst) is { } batch)
        {
            if (isFirst)
                _ = RunAsync(batch);
            using var leaving = cancellationToken.UnsafeRegister(_ => Leave(batch, turn, cancellationToken), null);
            if (await turn.Answer.Task.ConfigureAwait(false) is { } seen)
                return seen;
        }

        return await GetSingleAsync(key, cancellationToken).ConfigureAwait(false); // few environments, or not in the list: read it individually
    }

    /// <summary>Reads a watched environment individually.</summary>
    /// <exception cref="GatewayException">The gateway didn't describe it.</exception>
    public async Task<Observation> GetSingleAsync(EnvironmentKey key, CancellationToken cancellationToken)
    {
        await _alone.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await reader.GetAsync(key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _alone.Release();
        }
    }

    private Batch? Join(Turn turn, out bool isFirst)
    {
        var account = turn.Key.AccountId;
        lock (_lock)
        {
            isFirst = !_underWay.TryGetValue(account, out var batch);
            if (isFirst)
            {
                var pages = _pages.GetValueOrDefault(account, 1);
                if (_watched[account].Take(pages + 1).Count() <= pages)
                    return null; // a list would take as many requests
                batch = _underWay[account] = new Batch(account, _watched[account], _gathered);
            }

            batch!.Turns.Add(turn);
            return batch;
        }
    }

    // A list that no one waits for any longer is canceled.
    private void Leave(Batch batch, Turn turn, CancellationToken cancellationToken)
    {
        bool isLast;
        lock (_lock)
        {
            isLast = batch.Turns.Remove(turn) && batch.Turns.Count == 0;
            if (isLast)
                Forget(batch);
        }

        turn.Answer.TrySetCanceled(cancellationToken);
        if (isLast)
            batch.Stop.Cancel();
    }

    private async Task RunAsync(Batch batch)
    {
        await batch.Gathered.ConfigureAwait(false);
        var asked = time.GetTimestamp();
        try
        {
            var seen = await ListAsync(batch).ConfigureAwait(false);
            var turns = End(batch);
            foreach (var key in Others(batch, turns))
                ListObserved?.Invoke(key, Of(key), arg3: null);
            foreach (var turn in turns)
                turn.Answer.TrySetResult(Of(turn.Key));

            Observation? Of(EnvironmentKey key) => seen.TryGetValue(key, out var observation) ? observation : null;
        }
        catch (Exception e)
        {
            var turns = End(batch);
            if (e is GatewayException fault)
            {
                foreach (var key in batch.Watched)
                    publisher.NotSeen(key, asked, fault);
                foreach (var key in Others(batch, turns))
                    ListObserved?.Invoke(key, arg2: null, fault);
            }

            foreach (var turn in turns)
                turn.Answer.TrySetException(e);
        }
    }

    private static EnvironmentKey[] Others(Batch batch, List<Turn> turns) => [.. batch.Watched.Except(turns.Select(static t => t.Key))];

    private async Task<Dictionary<EnvironmentKey, Observation>> ListAsync(Batch batch)
    {
        var seen = new Dictionary<EnvironmentKey, Observation>();
        var pages = 0;
        await foreach (var page in gateway.ListEnvironmentsAsync(batch.AccountId, batch.Stop.Token).ConfigureAwait(false))
        {
            pages++;
            foreach (var environment in page.Environments)
            {
                var key = new EnvironmentKey(batch.AccountId, environment.EnvironmentId);
                if (batch.Watched.Contains(key))
                    seen[key] = publisher.Seen(key, new Observation(ResourceMapper.Of(environment, key, page.ReceivedAt), environment.RequestedAt));
            }
        }

        lock (_lock)
            _pages[batch.AccountId] = Math.Max(1, pages);
        return seen;
    }

    private List<Turn> End(Batch batch)
    {
        lock (_lock)
        {
            Forget(batch);
            return [.. batch.Turns];
        }
    }

    private void Forget(Batch batch)
    {
        if (_underWay.GetValueOrDefault(batch.AccountId) == batch)
            _underWay.Remove(batch.AccountId);
    }

    /// <summary>A list in progress.</summary>
    private sealed class Batch(string accountId, IEnumerable<EnvironmentKey> watched, Task gathered)
    {
        public string AccountId => accountId;

        /// <summary>Completes when the list can be requested.</summary>
        public Task Gathered => gathered;

        public HashSet<EnvironmentKey> Watched { get; } = [.. watched];

        public CancellationTokenSource Stop { get; } = new();

        public List<Turn> Turns { get; } = [];
    }

    /// <summary>A caller that waits for the list.</summary>
    private sealed class Turn(EnvironmentKey key)
    {
        public EnvironmentKey Key => key;

        /// <summary>
        /// The entry in the list, or null if the environment isn't in it. Continuations run synchronously, as everywhere here.
        /// </summary>
        public TaskCompletionSource<Observation?> Answer { get; } = new();
    }
}
