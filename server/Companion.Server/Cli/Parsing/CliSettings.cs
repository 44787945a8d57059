using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Protocol.Constraints;
using Companion.Server.Hosting;

namespace Companion.Server.Cli.Parsing;

/// <summary>What the command line tells its server.</summary>
internal static class CliSettings
{
    /// <summary>The folder for data that outlives the process. VS Code sets it in its terminals, so that both use the same one.</summary>
    public const string StorageVariable = "COMPANION_STORAGE_PATH";

    /// <summary>Set by VS Code in its terminals: it keeps the ends in the storage folder while it runs.</summary>
    public const string KeeperVariable = "COMPANION_KEPT_BY";

    /// <summary>Makes the params of <c>initialize</c>.</summary>
    /// <param name="actor">A value of <see cref="Actors"/>.</param>
    /// <param name="keepsEnds">Whether this process runs long enough to keep the ends of connections.</param>
    /// <exception cref="UsageException">A variable can't be used.</exception>
    public static InitializeParams For(
        string actor, bool keepsEnds, string? gatewayUrl, string? accountId, IProcessEnvironment environment) => new()
    {
        ClientInfo = new ClientInfo { Name = "companion", Version = ServerIdentity.Version },
        InitializationOptions = new InitializationOptions
        {
            GatewayUrl = gatewayUrl,
            AccountId = accountId,
            VscodeVersion = VscodeVersion(environment),
            StoragePath = StoragePath(environment),
            Actor = actor,
            KeepEnds = keepsEnds,
        },
    };

    /// <summary>True in a terminal of a VS Code that keeps the ends of connections.</summary>
    public static bool IsKeptByVSCode(IProcessEnvironment environment) =>
        environment.GetVariable(KeeperVariable) == LeaseKeepers.Vscode && environment.GetVariable(StorageVariable) is { Length: > 0 };

    private static string? VscodeVersion(IProcessEnvironment environment) =>
        environment.GetVariable("TERM_PROGRAM") == "vscode" && environment.GetVariable("TERM_PROGRAM_VERSION") is { } version && VersionConverter.IsVersion(version)
            ? version
            : null;

    private static string? StoragePath(IProcessEnvironment environment)
    {
        if (environment.GetVariable(StorageVariable) is { Length: > 0 } specified)
        {
            return Path.IsPathFullyQualified(specified)
                ? specified
                : throw new UsageException($"{StorageVariable} must be the full path of a folder.");
        }

        var home = environment.HomeDirectory;
        var folder = OperatingSystem.IsWindows() ? environment.GetVariable("LOCALAPPDATA")
            : OperatingSystem.IsMacOS() ? In(home, "Library", "Application Support")
            : environment.GetVariable("XDG_STATE_HOME") is { Length: > 0 } state ? state
            : In(home, ".local", "state");
        return Path.IsPathFullyQualified(folder ?? "") ? Path.Combine(folder!, "companion") : null;
    }

    private static string? In(string? home, params string[] folders) => string.IsNullOrEmpty(home) ? null : Path.Combine([home, .. folders]);
}
