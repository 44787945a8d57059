using System.Globalization;
using Companion.Sandbox;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>Identifies an environment.</summary>
internal readonly record struct Key(string AccountId, string EnvironmentId);

/// <summary>The sandbox as the gateway, with the history of each environment and the limit of requests.</summary>
internal sealed class SimGateway
{
    /// <summary>How long it asks to wait after too many requests.</summary>
    public static readonly TimeSpan LimitWait = TimeSpan.FromSeconds(20);

    private const int LimitedRequests = 10;
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    private readonly SimTime _time;
    private readonly SandboxGateway _sandbox;
    private readonly Dictionary<Key, EnvironmentHistory> _histories = [];
    private readonly Dictionary<string, Queue<long>> _lastMinute = [];
    private readonly string[] _environments;

    /// <summary>Creates a gateway.</summary>
    public SimGateway(SimTime time, Schedule schedule)
    {
        _time = time;
        IsRateLimited = schedule.IsRateLimited;
        _sandbox = new SandboxGateway(new TrueClock(time), new SandboxOptions
        {
            ConnectDuration = TimeSpan.FromMilliseconds(schedule.ConnectMs),
            DisconnectDuration = TimeSpan.FromMilliseconds(schedule.DisconnectMs),
        });
        _environments = ["train-a", "train-b", "eval-c", "fresh-d", "shared-tools", "brittle-e", "leaving-f", "west-g", "nightly-h", "old-i"];
    }

    /// <summary>Whether the account has the limit of 10 requests a minute.</summary>
    public bool IsRateLimited { get; set; }

    /// <summary>When it last accepted a change, in true time.</summary>
    public long LastEffectAt { get; private set; }

    /// <summary>The past and current states of an environment, after reading it.</summary>
    public EnvironmentHistory Look(Key key)
    {
        if (!_histories.TryGetValue(key, out var history))
            _histories.Add(key, history = new EnvironmentHistory());
        var api = key.AccountId == SandboxData.SecondAccountId ? SandboxKeys.Second : SandboxKeys.Main;
        var answer = _sandbox.Handle(new SandboxRequest(
            "GET", $"/v1/accounts/{key.AccountId}/environments/{key.EnvironmentId}", $"Bearer {api}"));
        history.Look(answer.Status == 200 ? answer.Body : null);
        return history;
    }

    /// <summary>The environments of an account that can change.</summary>
    public IEnumerable<Key> KeysOf(string accountId) => accountId == SandboxData.MainAccountId
        ? _environments.Select(id => new Key(accountId, id))
        : [new Key(accountId, "train-a"), new Key(accountId, "label-review")];

    /// <summary>A request arrives.</summary>
    /// <param name="call">The call that caused it, or null for others and for background reads.</param>
    /// <returns>The response, and whether a change was accepted.</returns>
    public (SandboxResponse Answer, Effect? Effect) Handle(SandboxRequest request, Target target, SimCall? call, bool isOthers = false)
    {
        if (IsRateLimited && !isOthers && IsOverLimit(target.AccountId))
            return (TooMany(), null);
        if (!target.IsChange)
            return (_sandbox.Handle(request), null);

        Look(target.Key); // the previous result, which a replica may still report
        var answer = _sandbox.Handle(request);
        var effect = answer.Status == 200 ? new Effect(_time.Now, target.Call == GatewayMethod.Connect, call) : null;
        var history = Look(target.Key);
        if (effect is not null)
        {
            history.Add(effect);
            LastEffectAt = effect.At;
        }

        return (answer, effect);
    }

    /// <summary>Another environment, of this account or the other one.</summary>
    public string Other(Key key, int number)
    {
        var id = _environments.First(id => id != key.EnvironmentId);
        var body = Look(new Key(key.AccountId, number % 2 == 0 ? id : key.EnvironmentId)).At(_time.Date) ?? "{}";
        return number % 2 == 0 ? body : body.Replace($"accounts/{key.AccountId}/", "accounts/somebody-else/", StringComparison.Ordinal);
    }

    private static SandboxResponse TooMany() => new()
    {
        Status = 429,
        Body = """{"code":8,"message":"rate limit exceeded","details":[]}""",
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Retry-After"] = LimitWait.TotalSeconds.ToString(CultureInfo.InvariantCulture) },
    };

    private bool IsOverLimit(string accountId)
    {
        if (!_lastMinute.TryGetValue(accountId, out var requests))
            _lastMinute.Add(accountId, requests = new Queue<long>());
        while (requests.TryPeek(out var at) && at <= _time.Now - Minute)
            requests.Dequeue();
        if (requests.Count >= LimitedRequests)
            return true;
        requests.Enqueue(_time.Now);
        return false;
    }

    private sealed class TrueClock(SimTime time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.Date;
    }
}
