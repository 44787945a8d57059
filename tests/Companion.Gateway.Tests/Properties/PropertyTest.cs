using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Companion.Gateway.Tests.Properties;

/// <summary>
/// Checks a property on many generated values, which are the same in each run. A failure contains the smallest failing value and the seed that
/// produced it.
/// </summary>
internal static class PropertyTest
{
    private const ulong Seed = 20261122;
    private const ulong Gamma = 1234567; // odd, as FsCheck's generator requires

    /// <summary>The default number of values.</summary>
    private const int Values = 2000;

    /// <summary>Checks a property.</summary>
    /// <param name="property">Throws if the property doesn't hold.</param>
    public static void ForAll<T>(Arbitrary<T> values, Action<T> property, int times = Values) => Check.One(
        Config.QuickThrowOnFailure
            .WithMaxTest(times)
            .WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None)),
        Prop.ForAll(values, property));

    /// <summary>Checks a property on values that aren't shrunk.</summary>
    /// <param name="property">Throws if the property doesn't hold.</param>
    public static void ForAll<T>(Gen<T> values, Action<T> property, int times = Values) => ForAll(Arb.From(values), property, times);
}
