using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Pacing;

namespace Companion.Server.Waiting;

/// <summary>Reads the usage of node pools that someone waits for. One read serves everyone who waits for the same node pool.</summary>
/// <param name="gateway">Asks only once.</param>
/// <param name="random">Returns values from 0 up to, but not including, 1.</param>
internal sealed class RoomFeed(IGateway gateway, NodePoolUsageReader usages, TimeProvider time, Func<double> random)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string AccountId, string NodePoolId), Pool> _pools = [];

    /// <summary>Joins those who wait for a node pool, at the end of the line, until disposed.</summary>
    /// <param name="ranks">The number of ranks that must be free.</param>
    public Subscription Join(string accountId, string nodePoolId, int ranks)
    {
        var id = (accountId, nodePoolId);
        lock (_lock)
        {
            var isNew = !_pools.TryGetValue(id, out var pool);
            if (isNew)
                _pools.Add(id, pool = new Pool());
            var joined = new Subscription(this, id, pool!, ranks);
            pool!.Line.Add(joined);
            joined.IsFirst = isNew;
            return joined;
        }
    }

    private void Leave(Subscription left)
    {
        lock (_lock)
        {
            left.Pool.Line.Remove(left);
            if (left.Pool.Line.Count > 0)
                return;
            _pools.Remove(left.Id);
        }

        left.Pool.Stop.Cancel();
    }

    private async Task ReadAsync((string AccountId, string NodePoolId) id, Pool pool)
    {
        var misses = 0;
        int? maxNodeCount = null;
        try
        {
            while (true)
            {
                GatewayException? fault = null;
                NodePoolUsage? usage = null;
                try
                {
                    maxNodeCount ??= (await gateway.GetNodePoolAsync(id.AccountId, id.NodePoolId, pool.Stop.Token).ConfigureAwait(false)).MaxNodeCount;
                    usage = await usages.GetAsync(id.AccountId, id.NodePoolId, maxNodeCount, pool.Stop.Token).ConfigureAwait(false);
                    misses = 0;
                }
                catch (GatewayException e)
                {
                    (fault, misses) = (e, misses + 1);
                }

                Report(pool, usage, fault);
                var wait = PollDelays.Watch(last: null, misses, fault).Soon;
                await time.WaitAsync(wait * (1 + (PollDelays.Jitter * random())), pool.Stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // no one waits any longer
        }
    }

    private void Report(Pool pool, NodePoolUsage? usage, GatewayException? fault)
    {
        var reports = new List<(TaskCompletionSource<RoomReport> To, RoomReport Report)>();
        lock (_lock)
        {
            (pool.Usage, pool.Fault, pool.Free) = (usage, fault, usage?.FreeRanks);
            foreach (var one in pool.Line)
            {
                if (one.Next is not { } next)
                    continue;
                one.Next = null;
                reports.Add((next, ReportFor(one, pool)));
            }
        }

        foreach (var (to, report) in reports)
            to.TrySetResult(report);
    }

    private RoomReport ReportFor(Subscription one, Pool pool)
    {
        var hasRoom = pool.Free >= one.Ranks && time.GetElapsedTime(one.Since) >= one.Pause;
        if (hasRoom)
            pool.Free -= one.Ranks;
        return new RoomReport(pool.Usage, pool.Fault, hasRoom);
    }

    private async Task<RoomReport> NextAsync(Subscription one, CancellationToken cancellationToken)
    {
        var next = new TaskCompletionSource<RoomReport>(); // continues on the reading thread, which keeps a simulation in order
        var isFirst = false;
        lock (_lock)
        {
            if (one is { HasNews: false, Pool: { Usage: not null } pool })
            {
                one.HasNews = true;
                return ReportFor(one, pool);
            }

            (one.HasNews, one.Next) = (true, next);
            (isFirst, one.IsFirst) = (one.IsFirst, false);
        }

        if (isFirst)
            _ = ReadAsync(one.Id, one.Pool);
        using var cancelled = cancellationToken.UnsafeRegister(_ => next.TrySetCanceled(cancellationToken), null);
        return await next.Task.ConfigureAwait(false);
    }

    /// <summary>One who waits for a node pool.</summary>
    internal sealed class Subscription(RoomFeed feed, (string AccountId, string NodePoolId) id, Pool pool, int ranks) : IDisposable
    {
        internal (string AccountId, string NodePoolId) Id => id;

        internal Pool Pool => pool;

        internal int Ranks => ranks;

        internal bool IsFirst { get; set; }

        internal bool HasNews { get; set; }

        internal TaskCompletionSource<RoomReport>? Next { get; set; }

        internal long Since { get; private set; }

        internal TimeSpan Pause { get; private set; }

        /// <summary>Waits for the next read.</summary>
        public Task<RoomReport> NextAsync(CancellationToken cancellationToken) => feed.NextAsync(this, cancellationToken);

        /// <summary>Takes no room for some time.</summary>
        public void PauseFor(TimeSpan pause) => (Since, Pause) = (feed.Timestamp, pause);

        /// <inheritdoc/>
        public void Dispose() => feed.Leave(this);
    }

    private long Timestamp => time.GetTimestamp();

    /// <summary>A node pool that someone waits for.</summary>
    internal sealed class Pool
    {
        /// <summary>Those who wait, in order of arrival.</summary>
        public List<Subscription> Line { get; } = [];

        public CancellationTokenSource Stop { get; } = new();

        public NodePoolUsage? Usage { get; set; }

        public GatewayException? Fault { get; set; }

        /// <summary>The free ranks that no one has been given yet.</summary>
        public int? Free { get; set; }
    }
}
