namespace Companion.Sandbox;

/// <summary>
/// A gateway in memory that answers the same routes with the same rules: states that take time, the documented errors, and faults
/// that a test can script. Its clock is the time provider's; it has no timers. Safe for concurrent use.
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

    /// <summary>A new sandbox, with what <see cref="SandboxData"/> has.</summary>
    /// <param name="options">How long operations take. Null for the defaults.</param>
    public SandboxGateway(TimeProvider time, SandboxOptions? options = null)
    {
        options ??= new SandboxOptions();
        _time = time;
        _calls = new SandboxCalls(SandboxData.Accounts(time.GetUtcNow(), options), options);
    }

    /// <summary>The last 10,000 requests, the oldest first.</summary>
    public IReadOnlyList<SandboxReceived> Received
    {
        get
        {
            lock (_lock)
                return [.. _received];
        }
    }

    /// <summary>Told of each request as it is answered, for a log. It must not block, nor ask the sandbox anything.</summary>
    public Action<SandboxReceived>? OnReceived { get; init; }

    /// <summary>Scripts a fault. Several may wait at once; the one scripted first comes first.</summary>
    public void Script(SandboxMatch match, SandboxFault fault)
    {
        lock (_lock)
            _faults.Add(match, fault);
    }

    /// <summary>Forgets all scripted faults.</summary>
    public void ClearFaults()
    {
        lock (_lock)
            _faults.Clear();
    }

    /// <summary>Forgets all received requests.</summary>
    public void ClearReceived()
    {
        lock (_lock)
            _received.Clear();
    }

    /// <summary>Changes how long a connect and a disconnect take, for those that begin from now on.</summary>
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

    /// <summary>Answers a request. It does no input or output: whoever carries the answer acts out its delay, reset or cut.</summary>
    public SandboxResponse Handle(SandboxRequest request)
    {
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            var target = SandboxTarget.Parse(request.Path);
            var key = KeyOf(request.Authorization);
            var fault = _faults.Take(target);
            var answer = fault is null or { TakesEffect: true } ? _calls.Answer(request, target, key, now) : null;
            var response = fault?.Apply(answer) ?? answer!;
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
