using Companion.Gateway.Api;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Pacing;
using Companion.Server.Storage;

namespace Companion.Server.Tests.Support;

/// <summary>The environments of a session, with the test's gateway and clock.</summary>
internal static class Wiring
{
    /// <summary>Lists for a client that reads everything immediately.</summary>
    public static WholeListReader Whole() => new(static _ => Task.CompletedTask);

    /// <summary>A publisher in a process that stores nothing.</summary>
    public static EnvironmentChangePublisher News(Action<EnvironmentChangedParams> tell, TimeProvider time) =>
        News(tell, time, new SessionMemory(new NoStore(), "https://gateway.example", time));

    public static EnvironmentChangePublisher News(Action<EnvironmentChangedParams> tell, TimeProvider time, SessionMemory memory) =>
        new(tell, memory, new ErrorMessages("https://gateway.example", new Phrases()), time);

    public static EnvironmentActors Actors(
        IGateway gateway, TimeProvider time, SessionMemory memory, EnvironmentChangePublisher news, Action<EnvironmentKey>? creating = null)
    {
        var reader = new EnvironmentReader(gateway, news, time);
        var rounds = new WatchBatcher(gateway, reader, news, time);
        var pace = new RequestRateLimiter(time);
        var questions = new EnvironmentPoller(reader, rounds, news, pace, new ReadRetry(pace, time, static () => 0), time, random: static () => 0);
        return new EnvironmentActors(Create, rounds, memory.Signal, time);

        EnvironmentActor Create(EnvironmentKey key)
        {
            creating?.Invoke(key);
            return new EnvironmentActor(key, gateway, questions, news, time);
        }
    }
}
