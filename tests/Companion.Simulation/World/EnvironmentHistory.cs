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

/// <summary>What one environment is at the gateway, and every change of it that the gateway accepted.</summary>
internal sealed class EnvironmentHistory
{
    private readonly List<Effect> _effects = [];
    private readonly List<(DateTimeOffset Since, string Body)> _bodies = [];
    private string? _lastBody;

    /// <summary>What it is now; null where it is gone or never was.</summary>
    public Snapshot? Now { get; private set; }

    /// <summary>The gateway describes it.</summary>
    /// <param name="body">Its answer; null where there is no such environment.</param>
    public void Look(string? body)
    {
        if (body == _lastBody)
            return;
        _lastBody = body;
        Now = body is null ? null : Snapshot.Parse(body);
        if (Now is not null)
            _bodies.Add((Now.UpdateTime, body!));
    }

    /// <summary>How the gateway would have described it at a time; null where it never did.</summary>
    public string? At(DateTimeOffset date) => _bodies.Count == 0 ? null : (_bodies.FindLast(body => body.Since <= date) is { Body: { } then } ? then : _bodies[0].Body);

    /// <summary>The gateway accepted a change.</summary>
    public void Add(Effect effect) => _effects.Add(effect);

    /// <summary>How an accepted change stands now.</summary>
    public Fate FateOf(Effect effect)
    {
        if (!ReferenceEquals(_effects[^1], effect))
            return Fate.Superseded;
        var moving = Now is { State: "CONNECTING" or "RECONNECTING" or "DISCONNECTING" };
        return moving ? Fate.UnderWay
            : Now?.State == (effect.IsConnect ? "CONNECTED" : "DISCONNECTED") ? Fate.Succeeded
            : Fate.Failed;
    }

    /// <summary>Whether somebody else's change, or another call's, was accepted after one time and before another, in true time.</summary>
    public bool ChangedByAnother(SimCall call, long after, long before) =>
        _effects.Exists(effect => effect.By != call && effect.At > after && effect.At < before);
}
