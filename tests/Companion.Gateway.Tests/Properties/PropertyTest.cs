using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Companion.Gateway.Tests.Properties;

/// <summary>
/// Checks a property on many generated values, the same ones in each run. A failure names the smallest value that was found, and
/// the seed of the step that found it.
/// </summary>
internal static class PropertyTest
{
    private const ulong Seed = 20261122;
    private const ulong Gamma = 1234567; // odd, as FsCheck's generator wants it

    /// <summary>How many values a property is checked on unless it says otherwise.</summary>
    private const int Values = 2000;

    /// <summary>Checks a property.</summary>
    /// <param name="property">Throws if the property doesn't hold.</param>
    public static void ForAll<T>(Arbitrary<T> values, Action<T> property, int times = Values) => Check.One(
        Config.QuickThrowOnFailure
            .WithMaxTest(times)
            .WithQuietOnSuccess(true)
            .WithReplay(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None)),
        Prop.ForAll(values, property));

    /// <summary>Checks a property on values that are not shrunk.</summary>
    /// <param name="property">Throws if the property doesn't hold.</param>
    public static void ForAll<T>(Gen<T> values, Action<T> property, int times = Values) => ForAll(Arb.From(values), property, times);
}
