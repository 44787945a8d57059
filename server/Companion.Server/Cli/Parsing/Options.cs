using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Companion.Server.Cli.Output;

namespace Companion.Server.Cli.Parsing;

/// <summary>Makes arguments and options that report what they take.</summary>
internal static class Options
{
    /// <summary>The environment that a command is about.</summary>
    public static Argument<string> Environment() => new("ENV") { Description = "The environment's ID." };

    /// <summary>An option without a value.</summary>
    public static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    public static Option<string> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };

    /// <summary>An option with a positive number.</summary>
    public static Option<int?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            if (int.TryParse(ValueOf(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
                return number;
            result.AddError($"{name} takes a number of at least 1.");
            return null;
        },
    };

    /// <summary>An option with a duration of at least a second.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DURATION",
        CustomParser = result => Durations.TryParse(ValueOf(result), out var duration) ? duration : Fail(result, name, Durations.Expected),
    };

    /// <summary>An option with a time.</summary>
    public static Option<DateTimeOffset?> Time(string name, TimeProvider time, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (Durations.TryParseTime(ValueOf(result), time, out var at))
                return at;
            Fail(result, name, Durations.TimeExpected);
            return null;
        },
    };

    /// <summary>True if an option was entered, whether its value is valid or not.</summary>
    public static bool Has(this SymbolResult result, Option option) => result.GetResult(option) is OptionResult { Implicit: false };

    private static string ValueOf(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    private static TimeSpan? Fail(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} takes {expected}.");
        return null;
    }
}
