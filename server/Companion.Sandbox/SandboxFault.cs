using Companion.Gateway;

namespace Companion.Sandbox;

/// <summary>Which requests a scripted fault is for.</summary>
public sealed record SandboxMatch
{
    /// <summary>The call; null for any.</summary>
    public SandboxRoute? Route { get; init; }

    /// <summary>Id of the environment or the node pool; null for any.</summary>
    public string? ResourceId { get; init; }

    /// <summary>How many matching requests are spared first. Default: 0.</summary>
    public int Skip { get; init; }

    /// <summary>How many matching requests are hit after that; null for all. Default: 1.</summary>
    public int? Times { get; init; } = 1;

    /// <summary>The next request of a call.</summary>
    public static SandboxMatch Once(SandboxRoute route) => new() { Route = route };

    /// <summary>The nth request of a call from now on.</summary>
    /// <param name="n">1 for the next request.</param>
    public static SandboxMatch Nth(SandboxRoute route, int n) => new() { Route = route, Skip = n - 1 };

    /// <summary>Every request of a call.</summary>
    /// <param name="route">The route, or null for every request.</param>
    public static SandboxMatch Always(SandboxRoute? route) => new() { Route = route, Times = null };
}

/// <summary>What goes wrong. Members that are not set leave the true answer as it is.</summary>
public sealed record SandboxFault
{
    /// <summary>HTTP status in place of the true answer's.</summary>
    public int? Status { get; init; }

    /// <summary>Body in place of the true answer's, where <see cref="Status"/> is set.</summary>
    public string? Body { get; init; }

    /// <summary>Headers in addition.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The connection is reset instead of an answer.</summary>
    public bool Reset { get; init; }

    /// <summary>With <see cref="Status"/> or <see cref="Reset"/>: what was asked for happens first. Otherwise it always happens.</summary>
    public bool AfterEffect { get; init; }

    /// <summary>How long the answer is held back, in milliseconds. What happens, happens before.</summary>
    public int DelayMs { get; init; }

    /// <summary>The connection breaks after this many bytes of the body.</summary>
    public int? CutBodyAt { get; init; }

    /// <summary>The body is replaced by this many bytes.</summary>
    public long? HugeBodyBytes { get; init; }

    /// <summary>A proxy's page in place of an answer, before anything happened.</summary>
    public static SandboxFault Html502 { get; } = new()
    {
        Status = 502,
        Body = "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Content-Type"] = "text/html" },
    };

    /// <summary>504 DEADLINE_EXCEEDED, although what was asked for happened.</summary>
    public static SandboxFault Http504AfterEffect { get; } = Answer(504, GoogleRpcCode.DeadlineExceeded, "deadline exceeded") with
    {
        AfterEffect = true,
    };

    /// <summary>The connection is reset once the request was read, before anything happened.</summary>
    public static SandboxFault ResetBeforeEffect { get; } = new() { Reset = true };

    /// <summary>What was asked for happens; then the connection is reset.</summary>
    public static SandboxFault ResetAfterEffect { get; } = new() { Reset = true, AfterEffect = true };

    /// <summary>Whether what was asked for happens.</summary>
    internal bool TakesEffect => AfterEffect || (Status is null && !Reset);

    /// <summary>An error of google.rpc's shape, before anything happened.</summary>
    public static SandboxFault Answer(int status, GoogleRpcCode code, string message) =>
        new() { Status = status, Body = SandboxWriter.Error(code, message) };

    /// <summary>The true answer, late.</summary>
    public static SandboxFault Delayed(TimeSpan delay) => new() { DelayMs = (int)delay.TotalMilliseconds };

    /// <summary>The true answer with its body cut off.</summary>
    /// <param name="bytes">The number of bytes of the body that arrive.</param>
    public static SandboxFault CutBody(int bytes) => new() { CutBodyAt = bytes };

    /// <summary>The true answer's status with a body without end.</summary>
    /// <param name="bytes">The number of bytes that would arrive.</param>
    public static SandboxFault HugeBody(long bytes) => new() { HugeBodyBytes = bytes };

    /// <summary>What becomes of an answer.</summary>
    /// <param name="answer">The actual response, or null if the request had no effect.</param>
    internal SandboxResponse Apply(SandboxResponse? answer)
    {
        answer ??= new SandboxResponse();
        var headers = new Dictionary<string, string>(Status is null ? answer.Headers : SandboxResponse.NoHeaders, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in Headers ?? SandboxResponse.NoHeaders)
            headers[name] = value;
        return answer with
        {
            Status = Status ?? answer.Status,
            Body = Status is null ? answer.Body : Body ?? "",
            Headers = headers,
            Reset = Reset,
            Delay = TimeSpan.FromMilliseconds(DelayMs),
            CutBodyAt = CutBodyAt,
            HugeBodyBytes = HugeBodyBytes,
        };
    }
}
