using Companion.Gateway;
using Companion.Server.Environments;
using Companion.Server.Hosting;
using Companion.Server.Storage;
using Companion.Simulation.World;

namespace Companion.Simulation.Mutants;

/// <summary>A rule that is broken on purpose, from outside: the simulation must find it.</summary>
/// <param name="Name">What it does wrong.</param>
/// <param name="Invariant">Name of the invariant that finds it.</param>
internal sealed record Mutant(string Name, string Invariant)
{
    /// <summary>Stands between the server and its gateway.</summary>
    public Func<IGateway, SimProcess, IGateway>? Gateway { get; init; }

    /// <summary>Stands between the client and the server.</summary>
    public Func<ISimServer, SimProcess, ISimServer>? Server { get; init; }

    /// <summary>Stands between the server and the client.</summary>
    public Func<IClient, IClient>? Client { get; init; }

    /// <summary>Stands between the server and its folder.</summary>
    public Func<IDurableStore, IDurableStore>? Store { get; init; }

    /// <summary>Stands in place of the pace that the server learns from what the gateway answers.</summary>
    public Func<SimProcess, RequestRateLimiter>? Pace { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
