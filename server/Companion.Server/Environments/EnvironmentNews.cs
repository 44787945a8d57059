using System.Collections.Concurrent;
using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Storage;

namespace Companion.Server.Environments;

/// <summary>Passes on what the gateway says about environments, whoever asked: the client hears the same news once.</summary>
/// <param name="tell">Tells the client.</param>
/// <param name="intents">Is told what is settled by it.</param>
/// <param name="advice">Words for what the gateway answers.</param>
internal sealed class EnvironmentNews(Action<EnvironmentChangedParams> tell, IntentJournal intents, Advice advice)
{
    private readonly ConcurrentDictionary<EnvironmentKey, EnvironmentInfo> _last = new();

    /// <summary>The gateway described an environment.</summary>
    public void Seen(EnvironmentKey key, EnvironmentInfo environment)
    {
        _last[key] = environment;
        intents.Settle(key);
        Tell(key, environment, problem: null);
    }

    /// <summary>The gateway says that there is no such environment.</summary>
    public void Gone(EnvironmentKey key, GatewayException fault)
    {
        _last.TryRemove(key, out _);
        intents.Settle(key);
        Tell(key, environment: null, advice.Problem(fault, key));
    }

    /// <summary>The gateway did not say.</summary>
    public void NotSeen(EnvironmentKey key, GatewayException fault) => Tell(key, _last.GetValueOrDefault(key), advice.Problem(fault, key));

    private void Tell(EnvironmentKey key, EnvironmentInfo? environment, ProblemInfo? problem) => tell(new EnvironmentChangedParams
    {
        AccountId = key.AccountId,
        EnvironmentId = key.EnvironmentId,
        Environment = environment,
        Problem = problem,
    });
}
