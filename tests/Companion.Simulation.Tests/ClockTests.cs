using Companion.Simulation.Schedules;
using Companion.Simulation.World;

namespace Companion.Simulation.Tests;

/// <summary>The simulated clocks: the effects of sleep and jumps.</summary>
[TestClass]
public sealed class ClockTests
{
    private readonly SimTime _time = new();
    private readonly List<double> _fired = [];
    private readonly SimMachine _machine;
    private readonly SimClock _clock;
    private bool _isAlive = true;

    public ClockTests()
    {
        _machine = new SimMachine(_time);
        _clock = new SimClock(_time, _machine, () => _isAlive);
    }

    [TestMethod]
    public void Timers_fire_in_order_and_a_stopped_one_does_not()
    {
        After(2);
        After(1);
        After(3).Dispose();
        Go(10);
        CollectionAssert.AreEqual(new[] { 1.0, 2.0 }, _fired);
        Assert.AreEqual(0, _clock.Armed);
    }

    [TestMethod]
    public void While_the_machine_sleeps_nothing_fires_and_then_all_at_once()
    {
        After(5);
        After(20);
        After(200);
        Go(1);
        _machine.Sleep(new SleepAction(0, 100_000, MonotonicStops: false, ConnectionsDie: false));
        Go(300);
        CollectionAssert.AreEqual(new[] { 101.0, 101.0, 200.0 }, _fired);
    }

    [TestMethod]
    public void While_the_monotonic_clock_stops_no_timer_is_due()
    {
        After(5);
        After(200);
        Go(1);
        _machine.Sleep(new SleepAction(0, 100_000, MonotonicStops: true, ConnectionsDie: false));
        Go(400);
        CollectionAssert.AreEqual(new[] { 105.0, 300.0 }, _fired);
        Assert.AreEqual(TimeSpan.FromSeconds(300).Ticks, _clock.GetTimestamp());
        Assert.AreEqual(SimTime.Epoch.AddSeconds(400), _clock.GetUtcNow());
    }

    [TestMethod]
    public void A_jump_of_the_wall_clock_does_not_affect_timers()
    {
        After(5);
        _machine.Jump(new WallJumpAction(0, -3_600_000));
        Go(10);
        CollectionAssert.AreEqual(new[] { 5.0 }, _fired);
        Assert.AreEqual(SimTime.Epoch.AddSeconds(10 - 3_600), _clock.GetUtcNow());
    }

    [TestMethod]
    public void A_dead_process_has_no_timers()
    {
        After(5);
        _isAlive = false;
        Go(10);
        Assert.IsEmpty(_fired);
    }

    [TestMethod]
    public void Another_thread_is_detected()
    {
        var thread = new Thread(() => Assert.ThrowsExactly<InvalidOperationException>(() => _clock.GetUtcNow()));
        thread.Start();
        thread.Join();
        Assert.IsNotNull(_time.Hop);
    }

    [TestMethod]
    public void Code_that_spins_is_detected()
    {
        Assert.ThrowsExactly<InvalidOperationException>(() =>
        {
            while (true)
                _clock.GetTimestamp();
        });
        Assert.IsNotNull(_time.Spin);
    }

    private ITimer After(double seconds) => _clock.CreateTimer(
        _ => _fired.Add(_time.Now / (double)TimeSpan.TicksPerSecond), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);

    private void Go(double toSeconds)
    {
        while (_time.Step(SimTime.Ms(toSeconds * 1_000)))
        {
            // on to the next
        }
    }
}
