using System.Globalization;

namespace Companion.Simulation;

/// <summary>The command-line options.</summary>
internal sealed record SimulateOptions
{
    /// <summary>The usage.</summary>
    public const string Usage =
        """
        Runs the real server logic against a simulated clock and network, in schedules drawn from seeds.

          --seeds N       how many schedules (default 1000)
          --from S        the first seed (default 0)
          --seed S        one schedule, with all that happens in it
          --mutant NAME   with a rule broken on purpose; --mutant list names them
          --quiet         without the table of what was hit
          --lag FILE      how late the end of a change is seen, beside commit b65575a, into a file; no schedules
        """;

    /// <summary>The number of schedules.</summary>
    public int Seeds { get; private init; } = 1_000;

    /// <summary>The first seed.</summary>
    public ulong From { get; private init; }

    /// <summary>The only seed to run, or null.</summary>
    public ulong? Seed { get; private init; }

    /// <summary>The name of a mutant, or null.</summary>
    public string? Mutant { get; private init; }

    /// <summary>The file for the table of lags, or null.</summary>
    public string? Lag { get; private init; }

    /// <summary>Whether the table is omitted.</summary>
    public bool IsQuiet { get; private init; }

    /// <summary>Parses the arguments.</summary>
    /// <returns>Null if they're invalid.</returns>
    public static SimulateOptions? Parse(IReadOnlyList<string> args)
    {
        var options = new SimulateOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var value = i + 1 < args.Count ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quiet":
                    options = options with { IsQuiet = true };
                    continue;
                case "--mutant" when value is not null:
                    options = options with { Mutant = value };
                    break;
                case "--lag" when value is not null:
                    options = options with { Lag = value };
                    break;
                case "--seeds" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seeds):
                    options = options with { Seeds = seeds };
                    break;
                case "--from" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var from):
                    options = options with { From = from };
                    break;
                case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    options = options with { Seed = seed };
                    break;
                default:
                    return null;
            }

            i++;
        }

        return options;
    }
}
