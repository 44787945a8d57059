using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>
/// Publishes what the gateway reports about environments, no matter which read it came from. The client gets each change once.
/// </summary>
internal sealed class EnvironmentChangePublisher(Action<EnvironmentChangedParams> tell, SessionMemory memory, ErrorMessages errors, TimeProvider time)
{
    private const int MostKnown = 4000;

    private readonly Lock _lock = new();
    private readonly Dictionary<EnvironmentKey, Known> _last = [];
    private long _forgotten = long.MinValue;

    /// <summary>Handles a description of an environment.</summary>
    /// <returns>
    /// The description, or a newer one: the response to a later read, or an earlier response if this one came from an outdated replica.
    /// Published states never go back in time.
    /// </returns>
    public Observation Seen(EnvironmentKey key, Observation seen)
    {
        lock (_lock)
        {
            var last = _last.GetValueOrDefault(key);
            var before = last.Environment;
            if (IsOld(key, seen.Asked))
            {
                memory.Intents.Settle(key);
                return before is not null ? new Observation(before, last.Asked) : seen;
            }

            if (before is not null && IsBehind(before, last, seen))
            {
                _last[key] = last with { BehindSince = last.BehindSince ?? seen.Asked };
                return new Observation(before, last.Asked);
            }

            memory.Intents.Settle(key);
            var environment = ConnectionBackfill.Complete(seen.Environment, before);
            environment = environment with
            {
                StateSince = StateSince.Of(before, environment, time.GetElapsedTime(last.Asked)),
                ExpectedSeconds = ExpectedSeconds(before, environment),
            };
            Remember(key, new Known(environment, seen.Asked));
            if (before is not null && (before.State != environment.State || before.Connection != environment.Connection))
                memory.Signal.Send();
            Tell(key, environment, problem: null);
            return seen with { Environment = environment };
        }
    }

    /// <summary>Handles the gateway's report that an environment doesn't exist.</summary>
    /// <param name="asked">When the read was sent, as a monotonic timestamp.</param>
    /// <returns>Null, or the response to a later read, which has described the environment.</returns>
    public Observation? Gone(EnvironmentKey key, long asked, GatewayException fault)
    {
        memory.Intents.Settle(key);
        lock (_lock)
        {
            if (IsOld(key, asked))
                return _last.GetValueOrDefault(key) is { Environment: { } newer, Asked: var later } ? new Observation(newer, later) : null;
            Remember(key, new Known(Environment: null, asked));
            Tell(key, environment: null, errors.Problem(fault, key));
            return null;
        }
    }

    /// <summary>Handles a failed read. If a later one has already succeeded, the failure no longer matters.</summary>
    /// <param name="asked">When the read was sent, as a monotonic timestamp.</param>
    public void NotSeen(EnvironmentKey key, long asked, GatewayException fault)
    {
        lock (_lock)
        {
            if (IsOld(key, asked))
                return;
            var problem = errors.Problem(fault, key);
            if (_last.TryGetValue(key, out var last))
                _last[key] = last with { Problem = problem };
            Tell(key, last.Environment, problem);
        }
    }

    /// <summary>Repeats the last notification about an environment, if there was one, because something else about it has changed.</summary>
    public void Retell(EnvironmentKey key)
    {
        lock (_lock)
        {
            if (_last.TryGetValue(key, out var last) && last.Environment is not null)
                Tell(key, last.Environment, last.Problem);
        }
    }

    /// <summary>The environment as last published to the client, or null if there is none.</summary>
    public EnvironmentInfo? Last(EnvironmentKey key)
    {
        lock (_lock)
            return _last.GetValueOrDefault(key).Environment;
    }

    /// <summary>The environment's name for people: its display name as last published, or its id.</summary>
    public string NameOf(EnvironmentKey key) => Last(key)?.DisplayName is { Length: > 0 } name ? name : key.EnvironmentId;

    // A replica may be outdated for a while. If the gateway keeps reporting the older time, its clock was set or a backup was restored.
    private bool IsBehind(EnvironmentInfo known, Known last, Observation seen) =>
        seen.Environment.UpdateTime < known.UpdateTime
        && time.GetElapsedTime(last.BehindSince ?? seen.Asked, seen.Asked) < EnvironmentMachine.SettleWindow;

    private bool IsOld(EnvironmentKey key, long asked) => asked < (_last.TryGetValue(key, out var last) ? last.Asked : _forgotten);

    private int? ExpectedSeconds(EnvironmentInfo? before, EnvironmentInfo now)
    {
        if (now.State is not (EnvironmentStates.Connecting or EnvironmentStates.Reconnecting) || now.Connection is not { } connection)
            return null;
        if (before?.State == now.State && before.Connection?.NodePoolId == connection.NodePoolId)
            return before.ExpectedSeconds; // it's read from a file
        return memory.Durations.Usual(now.AccountId, connection.NodePoolId) is { } usual ? ChangeProgress.InSeconds(usual) : null;
    }

    // If there are too many, those read longest ago are removed. An actor keeps what its change depends on.
    private void Remember(EnvironmentKey key, Known known)
    {
        _last[key] = known;
        if (_last.Count <= MostKnown)
            return;
        foreach (var (forgotten, last) in _last.OrderBy(static entry => entry.Value.Asked).Take(MostKnown / 2).ToList())
        {
            _last.Remove(forgotten);
            _forgotten = Math.Max(_forgotten, last.Asked); // a read sent earlier may be older than the known state
        }
    }

    private void Tell(EnvironmentKey key, EnvironmentInfo? environment, ProblemInfo? problem) => tell(new EnvironmentChangedParams
    {
        AccountId = key.AccountId,
        EnvironmentId = key.EnvironmentId,
        Environment = environment,
        Problem = problem,
    });

    /// <summary>What the client knows about an environment.</summary>
    /// <param name="Environment">Null if it no longer exists.</param>
    /// <param name="Asked">When the read was sent, as a monotonic timestamp.</param>
    /// <param name="BehindSince">Since when the gateway has reported only older states.</param>
    /// <param name="Problem">Why the last read failed, or null if it succeeded.</param>
    private readonly record struct Known(EnvironmentInfo? Environment, long Asked, long? BehindSince = null, ProblemInfo? Problem = null);
}
