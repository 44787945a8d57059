namespace Companion.Simulation.World;

/// <summary>A change that the gateway accepted.</summary>
/// <param name="At">When, in true time.</param>
/// <param name="IsConnect">A connect, or else a disconnect.</param>
/// <param name="By">The call that asked for it; null for somebody else.</param>
internal sealed record Effect(long At, bool IsConnect, SimCall? By);

/// <summary>How an accepted change stands.</summary>
internal enum Fate
{
    /// <summary>The gateway carries it out.</summary>
    UnderWay,

    /// <summary>It came to what was asked for.</summary>
    Succeeded,

    /// <summary>It came to something else.</summary>
    Failed,

    /// <summary>It was over, and another change came after it.</summary>
    Superseded,
}

/// <summary>All that one environment ever was at the gateway.</summary>
internal sealed class EnvironmentHistory
{
    private readonly List<(long From, Snapshot? Snapshot)> _states = [];
    private readonly List<Effect> _effects = [];
    private string? _lastBody;

    /// <summary>What it is now; null where it is gone or never was.</summary>
    public Snapshot? Now => _states.Count == 0 ? null : _states[^1].Snapshot;

    /// <summary>The changes that the gateway accepted.</summary>
    public IReadOnlyList<Effect> Effects => _effects;

    /// <summary>The gateway describes it.</summary>
    /// <param name="body">Its answer; null where there is no such environment.</param>
    /// <param name="now">True time.</param>
    /// <param name="atOnce">True where what has changed has changed now, false where it changed at its update time.</param>
    public void Look(string? body, long now, bool atOnce)
    {
        if (body == _lastBody && _states.Count > 0)
            return;
        _lastBody = body;
        var snapshot = body is null ? null : Snapshot.Parse(body);
        var from = atOnce || snapshot is null || _states.Count == 0 ? now : (snapshot.UpdateTime - SimTime.Epoch).Ticks;
        _states.Add((_states.Count == 0 ? 0 : Math.Clamp(from, _states[^1].From, now), snapshot));
    }

    /// <summary>The gateway accepted a change.</summary>
    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>How an accepted change stands now.</summary>
    public Fate FateOf(Effect effect)
    {
        if (!ReferenceEquals(_effects[^1], effect))
            return Fate.Superseded;
        var state = _states[^1].Snapshot;
        var moving = state is { State: "CONNECTING" or "RECONNECTING" or "DISCONNECTING" };
        return moving ? Fate.UnderWay
            : state?.State == (effect.IsConnect ? "CONNECTED" : "DISCONNECTED") ? Fate.Succeeded
            : Fate.Failed;
    }

    /// <summary>Whether somebody else's change, or another call's, was accepted after one time and before another, in true time.</summary>
    public bool ChangedByAnother(SimCall call, long after, long before) =>
        _effects.Exists(effect => effect.By != call && effect.At > after && effect.At < before);
}
