using System.CommandLine;

namespace Companion.Server.Cli.Parsing;

/// <summary>The options of all commands.</summary>
internal sealed class GlobalOptions
{
    public Option<string> Account { get; } = Global(Options.Text("--account", "ID", "The account to use."));

    public Option<string> GatewayUrl { get; } = Global(Options.Text("--gateway-url", "URL", "The gateway's base URL, or sandbox."));

    public Option<bool> Json { get; } = Global(Options.Flag("--json", "Print JSON in the shapes of the protocol."));

    public Option<bool> Quiet { get; } = Global(Options.Flag("--quiet", "Print only data and errors."));

    public Option<bool> NoColor { get; } = Global(Options.Flag("--no-color", "Don't style the output."));

    /// <summary>Adds the options to the root command.</summary>
    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { Account, GatewayUrl, Json, Quiet, NoColor })
            root.Add(option);
    }

    private static Option<T> Global<T>(Option<T> option)
    {
        option.Recursive = true;
        return option;
    }
}
