namespace Companion.Sandbox;

/// <summary>
/// A gateway in memory with the same routes and rules as the real one: states that take time, the documented errors, and faults that tests can
/// script. It uses the time provider's clock and has no timers. Safe for concurrent use.
/// </summary>
public sealed class SandboxGateway
{
    private const int MaxReceived = 10_000;

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly SandboxFaultScript _faults = new();
    private readonly Queue<SandboxReceived> _received = new();
    private readonly SandboxCalls _calls;
    private int _receivedCount;

    /// <summary>Creates a sandbox with the contents of <see cref="SandboxData"/>.</summary>
    /// <param name="options">How long operations take. Null for the defaults.</param>
    public SandboxGateway(TimeProvider time, SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        _time = time;
        _calls = new SandboxCalls(SandboxData.Accounts(time.GetUtcNow(), options), options);
    }

    /// <summary>The last 10,000 requests, oldest first.</summary>
    public IReadOnlyList<SandboxReceived> Received
    {
        get
        {
            lock (_lock)
                return [.. _received];
        }
    }

    /// <summary>Called for each request, for logging. Must not block or call the sandbox.</summary>
    public Action<SandboxReceived>? OnReceived { get; init; }

    /// <summary>Scripts a fault. If several match, the one that was scripted first is applied first.</summary>
    public void Script(SandboxMatch match, SandboxFault fault)
    {
        lock (_lock)
            _faults.Add(match, fault);
    }

    /// <summary>Removes all scripted faults.</summary>
    public void ClearFaults()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>Removes all recorded requests.</summary>
    public void ClearReceived()
    {
        lock (_lock)
            _received.Clear();
    }

    /// <summary>Changes the duration of connects and disconnects that start from now on.</summary>
    /// <param name="connect">The duration of CONNECTING and RECONNECTING. Null to leave it unchanged.</param>
    /// <param name="disconnect">The duration of DISCONNECTING. Null to leave it unchanged.</param>
    public void SetSpeed(TimeSpan? connect, TimeSpan? disconnect)
    {
        lock (_lock)
        {
            _calls.Options = _calls.Options with
            {
                ConnectDuration = connect ?? _calls.Options.ConnectDuration,
                DisconnectDuration = disconnect ?? _calls.Options.DisconnectDuration,
            };
        }
    }

    /// <summary>
    /// Keeps changes in progress, or no longer. Those whose duration has passed by then are complete. A test uses this to look at a change for as
    /// long as it needs.
    /// </summary>
    public void HoldChanges(bool hold)
    {
        lock (_lock)
            _calls.Options = _calls.Options with { HoldsChanges = hold };
    }

    /// <summary>Handles a request without doing I/O. The caller carries out the response's delay, reset, or truncation.</summary>
    public SandboxResponse Handle(SandboxRequest request)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var target = SandboxTarget.Parse(request.Path);
            var key = KeyOf(request.Authorization);
            var fault = _faults.Take(target);
            var actual = fault is null or { TakesEffect: true } ? _calls.Handle(request, target, key, now) : null;
            var response = fault?.Apply(actual) ?? actual!;
            Record(request, target, key, response, now);
            return response;
        }
    }

    private static SandboxKey? KeyOf(string? authorization)
    {
        const string Bearer = "Bearer ";
        return authorization?.StartsWith(Bearer, StringComparison.Ordinal) == true
            ? SandboxData.Keys.GetValueOrDefault(authorization[Bearer.Length..])
            : null;
    }

    private void Record(SandboxRequest request, SandboxTarget target, SandboxKey? key, SandboxResponse response, DateTimeOffset now)
    {
        var received = new SandboxReceived(
            ++_receivedCount, now, target.Route, request.Method, request.Path, string.IsNullOrEmpty(request.Body) ? null : request.Body,
            key is not null ? "valid" : request.Authorization is null ? "absent" : "invalid", request.UserAgent,
            response.Reset ? null : response.Status);
        _received.Enqueue(received);
        OnReceived?.Invoke(received);
        if (_received.Count > MaxReceived)
            _received.Dequeue();
    }
}
