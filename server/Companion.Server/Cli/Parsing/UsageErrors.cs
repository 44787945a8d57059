using System.CommandLine;
using System.CommandLine.Completions;

namespace Companion.Server.Cli.Parsing;

/// <summary>Finds what's wrong with a command line.</summary>
internal static class UsageErrors
{
    /// <summary>Returns a sentence for each error.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<string> args, ParseResult parsed, RootCommand root)
    {
        if (parsed.GetResult(root.Directives.OfType<SuggestDirective>().Single()) is not null)
            return [];
        var command = parsed.CommandResult.Command;

        // The library would take the next word as the value.
        if (args.FirstOrDefault(static arg => arg.StartsWith("--", StringComparison.Ordinal) && arg.EndsWith('=')) is { } empty)
            return [$"{empty.TrimEnd('=')} requires a value."];
        if (args.Contains("--version", StringComparer.Ordinal) && args.Count > 1 && parsed.UnmatchedTokens.Count == 0)
            return ["--version can't be used with anything else."];
        if (args.FirstOrDefault(arg => arg.IndexOf('=', StringComparison.Ordinal) is var at and > 0 && IsFlag(arg[..at], command, root)) is { } flag)
            return [$"{flag[..flag.IndexOf('=', StringComparison.Ordinal)]} takes no value."];
        if (parsed.UnmatchedTokens is { Count: > 0 } unmatched)
            return [.. unmatched.Select(token => Unknown(token, command, root))];
        return [.. parsed.Errors.Select(static error => error.Message).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsFlag(string name, Command command, RootCommand root) =>
        OptionsOf(command, root).Any(option => option.Name == name && option.Arity.MaximumNumberOfValues == 0);

    private static IEnumerable<Option> OptionsOf(Command command, RootCommand root) =>
        command.Options.Concat(root.Options.Where(static option => option.Recursive));

    private static string Unknown(string token, Command command, RootCommand root)
    {
        var isOption = token.StartsWith('-');
        var names = isOption
            ? OptionsOf(command, root).Select(static option => option.Name)
            : command.Subcommands.Select(static sub => sub.Name);
        var name = isOption ? token.Split('=')[0] : token;
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return Nearest.To(name, names) is [var nearest, ..]
            ? $"Unknown {kind} {name}. Did you mean {nearest}?"
            : $"Unknown {kind} {name}.";
    }
}
