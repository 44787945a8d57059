namespace Companion.Simulation.World;

/// <summary>The event queue: true time in ticks of 100 ns since the beginning, on one thread. Nothing here really waits.</summary>
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

    /// <summary>Where server code ran on another thread than the simulation's, which makes runs differ; null if it didn't.</summary>
    public string? Hop { get; private set; }

    /// <summary>Where server code reads the time repeatedly without letting any pass; null if it doesn't.</summary>
    public string? Spin { get; private set; }

    /// <summary>The true date.</summary>
    public DateTimeOffset Date => Epoch.AddTicks(Now);

    /// <summary>A time in ticks.</summary>
    public static long Ms(double milliseconds) => (long)(milliseconds * TimeSpan.TicksPerMillisecond);

    /// <summary>Schedules an event.</summary>
    public void After(long ticks, Action run) => Enqueue(Now + ticks, new Entry(run, OnMachine: false));

    /// <summary>Schedules an event on the machine. While it sleeps, nothing happens there.</summary>
    public void AfterOnMachine(long ticks, Action run) => Enqueue(Now + ticks, new Entry(run, OnMachine: true));

    /// <summary>The machine falls asleep.</summary>
    public void Sleep() => _machineIsAsleep = true;

    /// <summary>The machine wakes up. Everything that was due happens now, in order.</summary>
    public void Wake()
    {
        _machineIsAsleep = false;
        foreach (var entry in _postponed)
            Enqueue(Now, entry);
        _postponed.Clear();
    }

    /// <summary>Runs the next event.</summary>
    /// <param name="until">The latest time to advance to.</param>
    /// <returns>False if nothing happens until then. The time is advanced to it.</returns>
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

    /// <summary>Detects code that left the single thread, or that spins.</summary>
    /// <exception cref="InvalidOperationException">It's another thread, or it reads the time too often.</exception>
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
