using System.Globalization;
using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>A condition that must always be true. It's notified right after each event.</summary>
internal abstract class Invariant(SimWorld world)
{
    public abstract string Name { get; }

    protected SimWorld World => world;

    /// <summary>True time.</summary>
    protected long Now => world.Time.Now;

    /// <summary>All invariants.</summary>
    public static Invariant[] All(SimWorld world) =>
    [
        new NoDoubleSend(world), new Truth(world), new Gone(world), new Since(world), new Outcome(world), new AlwaysEnds(world), new OneChange(world), new Polite(world),
        new Agree(world), new Remembers(world), new LeaseNotEarly(world), new LeaseKept(world), new LeaseOwn(world), new LeaseOnce(world),
        new LeaseNoForce(world), new WaitUnchanged(world), new WaitInTime(world),
    ];

    /// <summary>A server was started.</summary>
    public virtual void Started(SimProcess process)
    {
    }

    /// <summary>A server was killed. Its calls are still among the pending ones.</summary>
    public virtual void Killed(SimProcess process)
    {
    }

    /// <summary>A client made a call.</summary>
    public virtual void Called(SimCall call)
    {
    }

    /// <summary>A client canceled a call.</summary>
    public virtual void Cancelled(SimCall call)
    {
    }

    /// <summary>A call was answered.</summary>
    public virtual void Answered(SimCall call)
    {
    }

    /// <summary>A server sends a request, which isn't in its call's list yet.</summary>
    public virtual void Sent(Exchange x)
    {
    }

    /// <summary>A request got its connection, and its body is known.</summary>
    public virtual void Carried(Exchange x)
    {
    }

    /// <summary>A request reached the gateway.</summary>
    public virtual void Arrived(Exchange x)
    {
    }

    /// <summary>A request ended for the server that sent it.</summary>
    public virtual void Ended(Exchange x)
    {
    }

    /// <summary>A client is notified about an environment.</summary>
    public virtual void Notified(SimProcess process, EnvironmentChangedParams changed)
    {
    }

    /// <summary>A client is notified about the progress of a call.</summary>
    public virtual void Progressed(int call, WorkDoneProgress value)
    {
    }

    /// <summary>The network works, and nothing changes any longer.</summary>
    public virtual void AtRest()
    {
    }

    /// <summary>In addition, no one watches any longer.</summary>
    public virtual void AtEnd()
    {
    }

    /// <summary>Reports a violation.</summary>
    protected void Fail(string text) => world.Fail(Name, text);

    /// <summary>Formats ticks as seconds.</summary>
    protected static string Seconds(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{ticks / (double)TimeSpan.TicksPerSecond:0.###} s");
}
