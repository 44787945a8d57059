using System.Globalization;
using Companion.Protocol;
using Companion.Simulation.World;

namespace Companion.Simulation.Invariants;

/// <summary>Something that must always hold. It is told what happens, just after it happened.</summary>
/// <param name="world">Where it must hold.</param>
internal abstract class Invariant(SimWorld world)
{
    /// <summary>Its name.</summary>
    public abstract string Name { get; }

    /// <summary>Where it must hold.</summary>
    protected SimWorld World => world;

    /// <summary>True time.</summary>
    protected long Now => world.Time.Now;

    /// <summary>All that there are.</summary>
    public static Invariant[] All(SimWorld world) =>
    [
        new NoDoubleSend(world), new Truth(world), new Gone(world), new Since(world), new Outcome(world), new AlwaysEnds(world), new OneChange(world), new Polite(world),
        new Agree(world), new Remembers(world),
    ];

    /// <summary>A server was started.</summary>
    public virtual void Started(SimProcess process)
    {
    }

    /// <summary>A server was killed; its calls still stand among those that wait.</summary>
    public virtual void Killed(SimProcess process)
    {
    }

    /// <summary>A client made a call.</summary>
    public virtual void Called(SimCall call)
    {
    }

    /// <summary>A client cancelled a call.</summary>
    public virtual void Cancelled(SimCall call)
    {
    }

    /// <summary>A call was answered.</summary>
    public virtual void Answered(SimCall call)
    {
    }

    /// <summary>A server sends a request. It does not stand in its call's list yet.</summary>
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

    /// <summary>A client is told of an environment.</summary>
    public virtual void Told(SimProcess process, EnvironmentChangedParams changed)
    {
    }

    /// <summary>A client is told the progress of a call.</summary>
    public virtual void Progressed(int call, WorkDoneProgress value)
    {
    }

    /// <summary>The network is well and nothing moves any more.</summary>
    public virtual void AtRest()
    {
    }

    /// <summary>Nobody watches any more either.</summary>
    public virtual void AtEnd()
    {
    }

    /// <summary>It does not hold.</summary>
    protected void Fail(string text) => world.Fail(Name, text);

    /// <summary>Ticks as seconds, for a sentence.</summary>
    protected static string Seconds(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{ticks / (double)TimeSpan.TicksPerSecond:0.###} s");
}
