using System.Globalization;

namespace Companion.Simulation.Invariants;

/// <summary>Something that must always hold, and does not.</summary>
/// <param name="Invariant">The invariant's name.</param>
/// <param name="Text">What happened, for a person.</param>
/// <param name="At">When, in true time in ticks.</param>
internal sealed record Violation(string Invariant, string Text, long At)
{
    /// <summary>The violation in one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Invariant}, {At / (double)TimeSpan.TicksPerSecond:0.000} s: {Text}");
}
