namespace Companion.Simulation.Schedules;

/// <summary>Random numbers that depend only on a seed, on every machine and every version of .NET: SplitMix64.</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Any number.</summary>
    public ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number within inclusive bounds.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    /// <summary>True with this probability in percent.</summary>
    public bool Chance(int percent) => Between(0, 99) < percent;

    /// <summary>A random item.</summary>
    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Between(0, choices.Length - 1)];

    /// <summary>A random item, weighted.</summary>
    public T PickWeighted<T>(ReadOnlySpan<(int Weight, T Value)> choices)
    {
        var total = 0;
        foreach (var (weight, _) in choices)
            total += weight;
        var at = Between(0, total - 1);
        foreach (var (weight, value) in choices)
        {
            if ((at -= weight) < 0)
                return value;
        }

        throw new ArgumentException("No choice.", nameof(choices));
    }

    /// <summary>A number that is derived from other numbers.</summary>
    public static ulong Hash(ulong a, ulong b, ulong c) => Mix(Mix(Mix(a + 0x9E3779B97F4A7C15) ^ b) ^ c);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
