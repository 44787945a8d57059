using System.Globalization;

namespace Companion.Server;

/// <summary>The command-line arguments. Parsed by hand because a library would slow down startup.</summary>
internal abstract record CommandLine
{
    /// <summary>The text that <c>--help</c> prints.</summary>
    public const string Usage = """
        Usage: companion-server --stdio [--clientProcessId N]
               companion-server --end-lease ID --storagePath FOLDER

          --stdio               use JSON-RPC over stdin and stdout
          --clientProcessId N   exit when process N ends
          --end-lease ID        disconnect an environment if its end has come, and exit.
                                Started by timers that Companion sets.
          --storagePath FOLDER  the folder in which the end is stored
          --version             print the version
          --help                print this help
        """;

    /// <summary>Serve a client.</summary>
    public sealed record Serve(int? ClientProcessId) : CommandLine;

    /// <summary>End a connection if it's due.</summary>
    /// <param name="Id">Identifies the timer.</param>
    public sealed record EndLease(string Id, string StoragePath) : CommandLine;

    /// <summary>Print the version.</summary>
    public sealed record Version : CommandLine;

    /// <summary>Print the usage.</summary>
    public sealed record Help : CommandLine;

    /// <summary>Report invalid arguments.</summary>
    public sealed record Wrong(string Message) : CommandLine;

    /// <summary>True if the arguments are for the server. Otherwise, they're a command for people.</summary>
    public static bool IsForServer(ReadOnlySpan<string> args)
    {
        foreach (var arg in args)
        {
            if (arg is "--stdio" or "--clientProcessId" or "--end-lease" or "--storagePath")
                return true;
        }

        return args is ["--version"];
    }

    /// <summary>Parses the arguments, without the program's name.</summary>
    public static CommandLine Parse(ReadOnlySpan<string> args)
    {
        var stdio = false;
        int? clientProcessId = null;
        string? lease = null;
        string? storagePath = null;
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
                case "--end-lease":
                    lease = i + 1 < args.Length ? args[++i] : null;
                    if (lease is not { Length: 32 } || !lease.All(char.IsAsciiHexDigitLower))
                        return new Wrong("--end-lease requires the ID of a timer, which has 32 hexadecimal digits.");
                    break;
                case "--storagePath":
                    storagePath = i + 1 < args.Length ? args[++i] : null;
                    if (!Path.IsPathFullyQualified(storagePath ?? ""))
                        return new Wrong("--storagePath requires the full path of a folder.");
                    break;
                default:
                    return new Wrong($"Unknown argument: {args[i]}");
            }
        }

        if (lease is not null)
        {
            return stdio || storagePath is null
                ? new Wrong("--end-lease requires --storagePath, and can't be used with --stdio.")
                : new EndLease(lease, storagePath);
        }

        return stdio ? new Serve(clientProcessId) : new Wrong("--stdio is required. It's the only supported transport.");
    }

    private static int? ProcessId(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
}
