using Companion.Gateway;

namespace Companion.Sandbox;

/// <summary>Which requests a scripted fault applies to.</summary>
public sealed record SandboxMatch
{
    /// <summary>The route, or null for any.</summary>
    public SandboxRoute? Route { get; init; }

    /// <summary>The ID of the environment or node pool, or null for any.</summary>
    public string? ResourceId { get; init; }

    /// <summary>How many matching requests to skip first. Default: 0.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching requests it applies to after that, or null for all. Default: 1.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>The next request to a route.</summary>
    public static SandboxMatch Once(SandboxRoute route) => new() { Route = route };

    /// <summary>The nth request to a route from now on.</summary>
    /// <param name="n">1 for the next request.</param>
    public static SandboxMatch Nth(SandboxRoute route, int n) => new() { Route = route, Skip = n - 1 };

    /// <summary>All requests to a route.</summary>
    /// <param name="route">The route, or null for every request.</param>
    public static SandboxMatch Always(SandboxRoute? route) => new() { Route = route, Times = null };
}

/// <summary>A fault. Members that aren't set leave the actual response unchanged.</summary>
public sealed record SandboxFault
{
    /// <summary>Replaces the HTTP status.</summary>
    public int? Status { get; init; }

    /// <summary>Replaces the body if <see cref="Status"/> is set.</summary>
    public string? Body { get; init; }

    /// <summary>Additional headers.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Resets the connection instead of responding.</summary>
    public bool Reset { get; init; }

    /// <summary>With <see cref="Status"/> or <see cref="Reset"/>: whether the request takes effect first. Otherwise, it always does.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>Delays the response by this many milliseconds, but not the effect.</summary>
    public int DelayMs { get; init; }

    /// <summary>Breaks the connection after this many bytes of the body.</summary>
    public int? CutBodyAt { get; init; }

    /// <summary>Replaces the body with this many bytes.</summary>
    public long? HugeBodyBytes { get; init; }

    /// <summary>A proxy's web page instead of a response. The request has no effect.</summary>
    public static SandboxFault Html502 { get; } = new()
    {
        Status = 502,
        Body = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "text/html" },
    };

    /// <summary>504 DEADLINE_EXCEEDED, although the request takes effect.</summary>
    public static SandboxFault Http504AfterEffect { get; } = Error(504, GoogleRpcCode.DeadlineExceeded, "deadline exceeded") with
    {
        AfterEffect = true,
    };

    /// <summary>Resets the connection after reading the request, which has no effect.</summary>
    public static SandboxFault ResetBeforeEffect { get; } = new() { Reset = true };

    /// <summary>The request takes effect, and then the connection is reset.</summary>
    public static SandboxFault ResetAfterEffect { get; } = new() { Reset = true, AfterEffect = true };

    /// <summary>Whether the request takes effect.</summary>
    internal bool TakesEffect => AfterEffect || (Status is null && !Reset);

    /// <summary>An error in google.rpc's format. The request has no effect.</summary>
    public static SandboxFault Error(int status, GoogleRpcCode code, string message) =>
        new() { Status = status, Body = SandboxWriter.Error(code, message) };

    /// <summary>The actual response with a delay.</summary>
    public static SandboxFault Delayed(TimeSpan delay) => new() { DelayMs = (int)delay.TotalMilliseconds };

    /// <summary>The actual response with a truncated body.</summary>
    /// <param name="bytes">The number of bytes of the body that arrive.</param>
    public static SandboxFault CutBody(int bytes) => new() { CutBodyAt = bytes };

    /// <summary>The actual response's status with an endless body.</summary>
    /// <param name="bytes">The number of bytes that would arrive.</param>
    public static SandboxFault HugeBody(long bytes) => new() { HugeBodyBytes = bytes };

    /// <summary>Applies the fault to a response.</summary>
    /// <param name="response">The actual response, or null if the request had no effect.</param>
    internal SandboxResponse Apply(SandboxResponse? response)
    {
        response ??= new SandboxResponse();
        var headers = new Dictionary<string, string>(Status is null ? response.Headers : SandboxResponse.NoHeaders, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Headers ?? SandboxResponse.NoHeaders)
            headers[name] = value;
        return response with
        {
            Status = Status ?? response.Status,
            Body = Status is null ? response.Body : Body ?? "",
            Headers = headers,
            Reset = Reset,
            Delay = TimeSpan.FromMilliseconds(DelayMs),
            CutBodyAt = CutBodyAt,
            HugeBodyBytes = HugeBodyBytes,
        };
    }
}
