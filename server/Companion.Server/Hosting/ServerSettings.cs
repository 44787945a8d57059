using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Errors;

namespace Companion.Server.Hosting;

/// <summary>What <c>initialize</c> and the environment settle for the whole session.</summary>
internal sealed record ServerSettings
{
    private const string VsCode = "Visual Studio Code";

    /// <summary>Version of VS Code at the client side, where somebody knows it.</summary>
    public string? VscodeVersion { get; init; }

    /// <summary>LSP's locale of the client, where it said one.</summary>
    public string? Locale { get; init; }

    /// <summary>The gateway.</summary>
    public required GatewayUrl Gateway { get; init; }

    /// <summary>Account to use, where the client said so.</summary>
    public string? AccountId { get; init; }

    /// <summary>Folder for what must outlive the process, or null.</summary>
    public string? StoragePath { get; init; }

    /// <summary>How the network is reached.</summary>
    public GatewayHttpOptions Http { get; init; } = new();

    /// <summary>Where the gateway's URL comes from: initialize, an environment variable's name, or default.</summary>
    public string GatewayOrigin { get; init; } = "default";

    /// <summary>What <c>initialize</c> said, for a report.</summary>
    public InitializationOptions Options { get; init; } = new();

    /// <summary>Reads them.</summary>
    /// <exception cref="MethodException">A value is none that its option takes.</exception>
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

    private static GatewayUrl Parse(string text, string name) => GatewayUrl.TryParse(text, out var url, out var takes)
        ? url
        : throw new MethodException(MethodException.InvalidParams, $"{name} takes {takes}.");
}
