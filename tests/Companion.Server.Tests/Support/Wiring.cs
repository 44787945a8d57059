using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Storage;

namespace Companion.Server.Tests.Support;

/// <summary>The environments of a session, on a gateway and a clock of the test's.</summary>
internal static class Wiring
{
    public static EnvironmentActors Actors(
        IGateway gateway, TimeProvider time, SessionMemory memory, Advice advice, Action<EnvironmentChangedParams> tell)
    {
        var news = new EnvironmentNews(tell, memory, advice, time);
        var reader = new EnvironmentReader(gateway, news, time);
        var rounds = new WatchRounds(gateway, reader, news);
        var pace = new RequestPace(time);
        var questions = new GatewayQuestions(reader, rounds, pace, new QuestionRetry(pace, time, static () => 0), time, random: static () => 0);
        return new EnvironmentActors(key => new EnvironmentActor(key, gateway, questions, news, time), rounds, memory.Bell, time);
    }
}
