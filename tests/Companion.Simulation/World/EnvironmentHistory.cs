namespace Companion.Simulation.World;

/// <summary>A change that the gateway accepted.</summary>
/// <param name="IsConnect">True for a connect, false for a disconnect.</param>
/// <param name="By">The call that requested it, or null for others.</param>
internal sealed record Effect(long At, bool IsConnect, SimCall? By);

/// <summary>The status of an accepted change.</summary>
internal enum Fate
{
    /// <summary>The gateway is carrying it out.</summary>
    UnderWay,

    /// <summary>It reached the requested state.</summary>
    Succeeded,

    /// <summary>It ended in another state.</summary>
    Failed,

    /// <summary>It was over, and another change came after it.</summary>
    Superseded,
}

/// <summary>The state of one environment at the gateway, and every change of it that the gateway accepted.</summary>
internal sealed class EnvironmentHistory
{
    private readonly List<Effect> _effects = [];
    private readonly List<(DateTimeOffset Since, string Body)> _bodies = [];
    private string? _lastBody;

    /// <summary>The current state, or null if it doesn't exist.</summary>
    public Snapshot? Now { get; private set; }

    /// <summary>The gateway describes it.</summary>
    /// <param name="body">The response body, or null if the environment doesn't exist.</param>
    public void Look(string? body)
    {
        if (body == _lastBody)
            return;
        _lastBody = body;
        Now = body is null ? null : Snapshot.Parse(body);
        if (Now is not null)
            _bodies.Add((Now.UpdateTime, body!));
    }

    /// <summary>How the gateway would have described it at a time, or null if it never did.</summary>
    public string? At(DateTimeOffset date) => _bodies.Count == 0 ? null : (_bodies.FindLast(body => body.Since <= date) is { Body: { } then } ? then : _bodies[0].Body);

    /// <summary>The gateway accepted a change.</summary>
    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>The current status of an accepted change.</summary>
    public Fate FateOf(Effect effect)
    {
        if (!ReferenceEquals(_effects[^1], effect))
            return Fate.Superseded;
        var moving = Now is { State: "CONNECTING" or "RECONNECTING" or "DISCONNECTING" };
        return moving ? Fate.UnderWay
            : Now?.State == (effect.IsConnect ? "CONNECTED" : "DISCONNECTED") ? Fate.Succeeded
            : Fate.Failed;
    }

    /// <summary>The accepted changes after one time and before another, in true time.</summary>
    public IEnumerable<Effect> Between(long after, long before) => _effects.Where(effect => effect.At > after && effect.At < before);

    /// <summary>
    /// Whether another change, by someone else or another call, was accepted after one time and before another, in true time.
    /// </summary>
    public bool ChangedByAnother(SimCall call, long after, long before) =>
        Between(after, before).Any(effect => effect.By != call);
}
