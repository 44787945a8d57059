namespace Companion.Sandbox;

/// <summary>A request to the sandbox.</summary>
/// <param name="Path">The escaped path and query.</param>
/// <param name="Authorization">The Authorization header, or null.</param>
/// <param name="Body">The body, or null or empty for none.</param>
public sealed record SandboxRequest(string Method, string Path, string? Authorization, string? Body = null)
{
    /// <summary>The User-Agent header.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The request without its secret, for logs and debuggers.</summary>
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A response, and how to send it.</summary>
public sealed record SandboxResponse
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body.</summary>
    public string Body { get; init; } = "";

    /// <summary>Headers other than Content-Length. The default Content-Type is application/json.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>How long to delay the response.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether to reset the connection instead of responding.</summary>
    public bool Reset { get; init; }

    /// <summary>Breaks the connection after this many bytes of the body, or after all of it, although a longer body was announced.</summary>
    public int? CutBodyAt { get; init; }

    /// <summary>Replaces the body with this many bytes of white space, without a Content-Length.</summary>
    public long? HugeBodyBytes { get; init; }

    /// <summary>No headers.</summary>
    internal static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A request that the sandbox received, for logs and tests.</summary>
/// <param name="Number">1 for the first request.</param>
/// <param name="Path">The escaped path and query.</param>
/// <param name="Body">The body, or null.</param>
/// <param name="Authorization">"valid", "invalid", or "absent". Never the header itself.</param>
/// <param name="Status">The HTTP status of the response, or null if the connection was reset.</param>
public sealed record SandboxReceived(
    int Number, DateTimeOffset Time, SandboxRoute Route, string Method, string Path, string? Body, string Authorization,
    string? UserAgent, int? Status);
