using System.Globalization;

namespace Companion.Simulation.Invariants;

/// <summary>A violated invariant.</summary>
/// <param name="At">When it happened, in ticks of true time.</param>
internal sealed record Violation(string Invariant, string Text, long At)
{
    /// <summary>The violation in one line.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Invariant}, {At / (double)TimeSpan.TicksPerSecond:0.000} s: {Text}");
}
