using Companion.Gateway.Api;
using Companion.Server.Logging;
using Companion.Server.Pacing;
using Companion.Server.Storage;
using Companion.Simulation.World;

namespace Companion.Simulation.Mutants;

/// <summary>A rule that is broken deliberately, from outside. The simulation must find it.</summary>
internal sealed record Mutant(string Name, string Invariant)
{
    /// <summary>Wraps the server's gateway.</summary>
    public Func<IGateway, SimProcess, IGateway>? Gateway { get; init; }

    /// <summary>Wraps the server.</summary>
    public Func<ISimServer, SimProcess, ISimServer>? Server { get; init; }

    /// <summary>Wraps the client.</summary>
    public Func<IClient, IClient>? Client { get; init; }

    /// <summary>Wraps the folder.</summary>
    public Func<IDurableStore, IDurableStore>? Store { get; init; }

    /// <summary>Replaces the rate limiter that the server learns from the gateway's responses.</summary>
    public Func<SimProcess, RequestRateLimiter>? Pace { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
