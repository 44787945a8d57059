using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Companion.Gateway;

/// <summary>The base URL of a gateway: HTTPS, HTTP on this machine, or <c>sandbox</c> for the gateway in this process.</summary>
public sealed record GatewayUrl
{
    /// <summary>The value that selects the sandbox.</summary>
    public const string SandboxName = "sandbox";

    /// <summary>What a base URL must be, to complete the sentence "gatewayUrl must be …".</summary>
    public const string Requirement =
        "\"sandbox\" or an HTTPS URL (HTTP only for this machine) without a user name, query, or fragment";

    private const int MaxLength = 2048;

    // Base paths of the vendor's other APIs, which the same variables often contain.
    private static readonly string[] OtherApiPaths = ["/inference/v1", "/inference", "/v1"];

    private readonly string _prefix;

    private GatewayUrl(string prefix, bool isSandbox) => (_prefix, IsSandbox) = (prefix, isSandbox);

    /// <summary>The vendor's gateway.</summary>
    public static GatewayUrl Default { get; } = new("https://api.fireworks.ai", isSandbox: false);

    /// <summary>The sandbox. Its host is in the reserved domain "invalid", so a request to it can never leave this machine.</summary>
    public static GatewayUrl Sandbox { get; } = new("https://sandbox.invalid", isSandbox: true);

    /// <summary>The base of all requests.</summary>
    public Uri BaseUri => At("/");

    /// <summary>True for the sandbox.</summary>
    public bool IsSandbox { get; }

    /// <summary>Parses a base URL. Removes <c>/v1</c>, <c>/inference</c>, or <c>/inference/v1</c> from its end.</summary>
    /// <param name="text">A URL or <c>sandbox</c>. Surrounding white space is ignored.</param>
    /// <param name="requirement">What a base URL must be, if parsing fails. Never the text itself, which may be a misplaced secret.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out GatewayUrl? url, [NotNullWhen(false)] out string? requirement)
    {
        url = Parse(text?.Trim());
        requirement = url is null ? Requirement : null;
        return url is not null;
    }

    /// <summary>Returns the URL of a path on this gateway.</summary>
    /// <param name="pathAndQuery">An escaped path that begins with a slash, with its query.</param>
    internal Uri At(string pathAndQuery) => new(_prefix + pathAndQuery);

    /// <summary>The URL as the user would write it.</summary>
    public override string ToString() => IsSandbox ? SandboxName : _prefix;

    private static GatewayUrl? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength)
            return null;
        if (string.Equals(text, SandboxName, StringComparison.OrdinalIgnoreCase))
            return Sandbox;

        // Rejects what Uri would silently remove or rewrite: an empty user name or query, a backslash, or a line break.
        if (text.AsSpan().ContainsAny("@?#\\") || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.Port == 0)
            return null;
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && IsThisMachine(uri)))
            return null;
        return new GatewayUrl(WithoutOtherApiPath(uri).AbsoluteUri.TrimEnd('/'), isSandbox: false);
    }

    private static bool IsThisMachine(Uri uri) =>
        uri.HostNameType == UriHostNameType.Dns
            ? string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            : IPAddress.TryParse(uri.Host, out var address) && IPAddress.IsLoopback(address);

    private static Uri WithoutOtherApiPath(Uri uri)
    {
        var path = uri.AbsolutePath.TrimEnd('/');
        var suffix = Array.Find(OtherApiPaths, end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));
        return new UriBuilder(uri) { Path = suffix is null ? path : path[..^suffix.Length] }.Uri;
    }
}
