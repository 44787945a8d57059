using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Errors;

namespace Companion.Server.Sessions;

/// <summary>The settings of the whole session, from <c>initialize</c> and the environment.</summary>
internal sealed record ServerSettings
{
    private const string VsCode = "Visual Studio Code";

    /// <summary>The client's version of VS Code, if known.</summary>
    public string? VscodeVersion { get; init; }

    /// <summary>LSP's locale of the client, if known.</summary>
    public string? Locale { get; init; }

    public required GatewayUrl Gateway { get; init; }

    /// <summary>The account to use, if the client named one.</summary>
    public string? AccountId { get; init; }

    /// <summary>The folder for data that outlives the process, or null.</summary>
    public string? StoragePath { get; init; }

    public GatewayHttpOptions Http { get; init; } = new();

    /// <summary>Who the client acts for: a value of <see cref="Actors"/>.</summary>
    public string Actor { get; init; } = Actors.Person;

    /// <summary>Where the gateway URL comes from: initialize, an environment variable's name, or default.</summary>
    public string GatewayOrigin { get; init; } = "default";

    /// <summary>Whether this process keeps leases.</summary>
    public bool KeepsEnds { get; init; } = true;

    /// <summary>The timer whose lease is the only one that this process keeps, or null for all leases.</summary>
    public string? OnlyLease { get; init; }

    /// <summary>The options of <c>initialize</c>, for a report.</summary>
    public InitializationOptions Options { get; init; } = new();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="MethodException">A value isn't valid for its option.</exception>
    public static ServerSettings From(InitializeParams initialize, FoundValue? baseUrl)
    {
        var options = initialize.InitializationOptions ?? new InitializationOptions();
        return new ServerSettings
        {
            Locale = initialize.Locale,
            VscodeVersion = options.VscodeVersion ?? VersionOf(initialize.ClientInfo),
            Gateway = options.GatewayUrl is { } asked ? Parse(asked, "initializationOptions.gatewayUrl")
                : baseUrl is { } there ? Parse(there.Value, there.Origin)
                : GatewayUrl.Default,
            GatewayOrigin = options.GatewayUrl is not null ? "initialize" : baseUrl?.Origin ?? "default",
            Options = options,
            AccountId = options.AccountId,
            StoragePath = options.StoragePath,
            KeepsEnds = options.KeepEnds ?? true,
            Actor = options.Actor ?? Actors.Person,
            Http = new GatewayHttpOptions
            {
                Proxy = options.Proxy,
                IsDirect = options.ProxySupport == "off",
                ProxyAuthorization = options.ProxyAuthorization,
                NoProxy = options.NoProxy,
                StrictSsl = options.StrictSsl ?? true,
                CaFile = options.CaFile,
            },
        };
    }

    private static string? VersionOf(ClientInfo? client) =>
        client is { Version.Length: > 0 } && client.Name.StartsWith(VsCode, StringComparison.Ordinal) ? client.Version : null;

    private static GatewayUrl Parse(string text, string name) => GatewayUrl.TryParse(text, out var url, out var requirement)
        ? url
        : throw new MethodException(MethodException.InvalidParams, $"{name} must be {requirement}.");
}
