using System.Globalization;

namespace Companion.Server;

/// <summary>The command-line arguments. Parsed by hand because a library would slow down startup.</summary>
internal abstract record CommandLine
{
    /// <summary>The text that <c>--help</c> prints.</summary>
    public const string Usage = """
        Usage: companion-server --stdio [--clientProcessId N]

          --stdio               use JSON-RPC over stdin and stdout
          --clientProcessId N   exit when process N ends
          --version             print the version
          --help                print this help
        """;

    /// <summary>Serve a client.</summary>
    public sealed record Serve(int? ClientProcessId) : CommandLine;

    /// <summary>Print the version.</summary>
    public sealed record Version : CommandLine;

    /// <summary>Print the usage.</summary>
    public sealed record Help : CommandLine;

    /// <summary>Report invalid arguments.</summary>
    public sealed record Wrong(string Message) : CommandLine;

    /// <summary>Parses the arguments, without the program's name.</summary>
    public static CommandLine Parse(ReadOnlySpan<string> args)
    {
        var stdio = false;
        int? clientProcessId = null;
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--version":
                    return new Version();
                case "--help":
                    return new Help();
                case "--stdio":
                    stdio = true;
                    break;
                case "--clientProcessId":
                    clientProcessId = i + 1 < args.Length ? ProcessId(args[++i]) : null;
                    if (clientProcessId is null)
                        return new Wrong("--clientProcessId requires a process id.");
                    break;
                default:
                    return new Wrong($"Unknown argument: {args[i]}");
            }
        }

        return stdio ? new Serve(clientProcessId) : new Wrong("--stdio is required. It's the only supported transport.");
    }

    private static int? ProcessId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
