namespace Companion.Simulation.World;

/// <summary>What happens when: true time in ticks of 100 ns since the beginning, on one thread. Nothing here waits for real.</summary>
internal sealed class SimTime
{
    /// <summary>The date at which everything begins.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private const int MostChecks = 50_000; // within one step

    private readonly PriorityQueue<Entry, (long At, long Order)> _queue = new(Comparer.Instance);
    private readonly List<Entry> _postponed = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _order;
    private int _checks;
    private bool _machineIsAsleep;

    /// <summary>True time in ticks since the beginning.</summary>
    public long Now { get; private set; }

    /// <summary>Where code of the server ran on another thread than the simulation's, which makes runs differ; null where it did not.</summary>
    public string? Hop { get; private set; }

    /// <summary>Where code of the server asks for the time again and again without letting any pass; null where it does not.</summary>
    public string? Spin { get; private set; }

    /// <summary>The true date.</summary>
    public DateTimeOffset Date => Epoch.AddTicks(Now);

    /// <summary>A time in ticks.</summary>
    public static long Ms(double milliseconds) => (long)(milliseconds * TimeSpan.TicksPerMillisecond);

    /// <summary>Lets something happen later, wherever it happens.</summary>
    public void After(long ticks, Action run) => Enqueue(Now + ticks, new Entry(run, OnMachine: false));

    /// <summary>Lets something happen later on the machine: while that sleeps, nothing happens there.</summary>
    public void AfterOnMachine(long ticks, Action run) => Enqueue(Now + ticks, new Entry(run, OnMachine: true));

    /// <summary>The machine falls asleep.</summary>
    public void Sleep() => _machineIsAsleep = true;

    /// <summary>The machine wakes: what should have happened there happens now, in its order.</summary>
    public void Wake()
    {
        _machineIsAsleep = false;
        foreach (var entry in _postponed)
            Enqueue(Now, entry);
        _postponed.Clear();
    }

    /// <summary>Lets the next thing happen.</summary>
    /// <param name="until">The latest time to go to.</param>
    /// <returns>False where nothing happens until then; then it is that time.</returns>
    public bool Step(long until)
    {
        while (_queue.TryPeek(out _, out var key) && key.At <= until)
        {
            var entry = _queue.Dequeue();
            Now = key.At;
            if (entry.OnMachine && _machineIsAsleep)
            {
                _postponed.Add(entry);
                continue;
            }

            _checks = 0;
            entry.Run();
            return true;
        }

        Now = Math.Max(Now, until);
        return false;
    }

    /// <summary>Finds out where code left the one thread, or spins.</summary>
    /// <exception cref="InvalidOperationException">It is another thread, or asks too often.</exception>
    public void CheckThread()
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            if (++_checks <= MostChecks)
                return;
            Spin ??= Environment.StackTrace;
            throw new InvalidOperationException("No time passes.");
        }

        Hop ??= Environment.StackTrace;
        throw new InvalidOperationException("The simulation is left for another thread.");
    }

    private void Enqueue(long at, Entry entry) => _queue.Enqueue(entry, (at, _order++));

    private readonly record struct Entry(Action Run, bool OnMachine);

    private sealed class Comparer : IComparer<(long At, long Order)>
    {
        public static Comparer Instance { get; } = new();

        public int Compare((long At, long Order) x, (long At, long Order) y) =>
            x.At != y.At ? x.At.CompareTo(y.At) : x.Order.CompareTo(y.Order);
    }
}
