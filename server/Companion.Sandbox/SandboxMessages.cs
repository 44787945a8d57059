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

/// <summary>The sandbox's answer, and what is to happen to it on its way.</summary>
public sealed record SandboxResponse
{
    /// <summary>HTTP status.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The body.</summary>
    public string Body { get; init; } = "";

    /// <summary>Headers beside Content-Length; Content-Type is application/json unless it is here.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The connection is reset instead of an answer.</summary>
    public bool Reset { get; init; }

    /// <summary>The connection breaks after this many bytes of the body, or after all of it, and more was said to come.</summary>
    public int? CutBodyAt { get; init; }

    /// <summary>The body is replaced by this many bytes of white space, without a Content-Length.</summary>
    public long? HugeBodyBytes { get; init; }

    /// <summary>No headers.</summary>
    internal static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A request that the sandbox received, for people and tests to read back.</summary>
/// <param name="Number">1 for the first request.</param>
/// <param name="Path">The escaped path and query.</param>
/// <param name="Body">The body, or null.</param>
/// <param name="Authorization">"valid", "invalid", or "absent". Never the header itself.</param>
/// <param name="Status">The HTTP status of the response, or null if the connection was reset.</param>
public sealed record SandboxReceived(
    int Number, DateTimeOffset Time, SandboxRoute Route, string Method, string Path, string? Body, string Authorization,
    string? UserAgent, int? Status);
