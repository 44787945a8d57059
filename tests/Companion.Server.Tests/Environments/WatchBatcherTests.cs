using System.Globalization;
using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Environments;

/// <summary>The number of requests for watching, on a clock that doesn't advance on its own.</summary>
[TestClass]
public sealed class WatchBatcherTests
{
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(30);

    private readonly TestTimeProvider _time = new();
    private readonly Mock<IGateway> _gateway = new(MockBehavior.Strict);
    private readonly List<EnvironmentChangedParams> _news = [];
    private readonly EnvironmentActors _actors;
    private Func<IReadOnlyList<IReadOnlyList<GatewayEnvironment>>> _pages = static () => [];
    private TaskCompletionSource _answered = new();
    private Func<GatewayEnvironment, bool> _isListed = static _ => true;
    private int _waiting;
    private int _lists;
    private int _gets;

    public WatchBatcherTests()
    {
        _gateway.Setup(g => g.ListEnvironmentsAsync("acme", It.IsAny<CancellationToken>())).Returns(ListAsync);
        _gateway.Setup(g => g.GetEnvironmentAsync("acme", It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns((string _, string id, CancellationToken _) =>
        {
            _gets++;
            return _pages().SelectMany(static p => p).FirstOrDefault(e => e.EnvironmentId == id) is { } environment
                ? Task.FromResult(environment)
                : Task.FromException<GatewayEnvironment>(Samples.Answered(404, GoogleRpcCode.NotFound));
        });
        var memory = new SessionMemory(new NoStore(), "https://gateway.example", _time);
        _actors = Wiring.Actors(_gateway.Object, _time, memory, Wiring.News(_news.Add, _time, memory));
    }

    [TestMethod]
    public void A_single_environment_is_read_individually()
    {
        _pages = static () => [Page(0, 3)];
        _actors.Watch(Keys(1));
        Assert.AreEqual((0, 1), (_lists, _gets));
    }

    [TestMethod]
    public void A_thousand_environments_need_one_list_and_each_is_published()
    {
        _pages = static () => [.. Enumerable.Range(0, 5).Select(static page => Page(page * 200, 200))];
        _actors.Watch(Keys(1000));
        Answer();
        Assert.AreEqual((1, 0), (_lists, _gets));
        Assert.AreEqual(1000, _news.Select(static n => n.EnvironmentId).Distinct().Count());

        for (var round = 2; round < 10; round++)
        {
            _time.Advance(AtRest);
            Answer();
            Assert.AreEqual((round, 0), (_lists, _gets));
        }
    }

    [TestMethod]
    public void A_list_with_more_pages_than_watched_environments_is_not_repeated()
    {
        _pages = static () => [Page(0, 200), Page(200, 200), Page(400, 1)];
        _actors.Watch(Keys(2));
        Answer();
        Assert.AreEqual((1, 0), (_lists, _gets));
        _time.Advance(AtRest);
        Assert.AreEqual((1, 2), (_lists, _gets));
    }

    [TestMethod]
    public void An_environment_missing_from_the_list_is_read_once_and_reported_as_missing()
    {
        _pages = static () => [Page(0, 2)];
        _actors.Watch(Keys(3));
        Answer();
        Assert.AreEqual((1, 1), (_lists, _gets));
        _time.Advance(EnvironmentReader.SecondLook);
        Assert.AreEqual((1, 2), (_lists, _gets));
        var gone = _news.Single(static n => n.EnvironmentId == "e-2");
        Assert.IsNull(gone.Environment);
        Assert.AreEqual("NOT_FOUND", gone.Problem!.Status);

        _time.Advance(AtRest);
        Answer();
        Assert.AreEqual((2, 2), (_lists, _gets));
    }

    [TestMethod]
    public void An_environment_that_disappears_from_the_list_is_reported_as_missing()
    {
        _pages = static () => [Page(0, 3)];
        _actors.Watch(Keys(3));
        Answer();
        _pages = static () => [Page(0, 2)];
        _time.Advance(AtRest);
        Answer();
        Assert.IsNotNull(_news.Last(static n => n.EnvironmentId == "e-2").Environment);
        _time.Advance(EnvironmentReader.SecondLook);
        Assert.IsNull(_news.Last(static n => n.EnvironmentId == "e-2").Environment);
    }

    // A gateway may list only a user's own environments, but describe those of others, too.
    [TestMethod]
    public void An_unlisted_environment_is_read_as_often_as_others()
    {
        _pages = static () => [Page(0, 3)];
        _isListed = static environment => environment.EnvironmentId == Id(0);
        _actors.Watch(Keys(3));
        Answer();
        Assert.AreEqual((1, 2), (_lists, _gets));
        for (var round = 2; round < 10; round++)
        {
            _time.Advance(AtRest);
            for (var answers = 0; answers < 10 && _waiting > 0; answers++)
                Answer();
            Assert.AreEqual((round, 2 * round), (_lists, _gets));
        }
    }

    [TestMethod]
    public void A_gateway_that_responds_at_once_gets_one_list_for_all_environments()
    {
        _pages = static () => [Page(0, 3)];
        _isListed = static environment => environment.EnvironmentId == Id(0);
        _answered.SetResult();
        _actors.Watch(Keys(3));
        Assert.AreEqual((1, 2), (_lists, _gets));
    }

    [TestMethod]
    public void A_list_that_is_not_found_proves_nothing_about_its_environments()
    {
        _pages = static () => throw new GatewayException(GoogleRpcCode.NotFound, FaultKind.ErrorResponse, "no such account") { HttpStatus = 404, Call = "ListEnvironments" };
        _actors.Watch(Keys(3));
        Answer();
        Assert.IsTrue(_news.TrueForAll(static n => n.Problem!.Status == "UNIMPLEMENTED"));
        Assert.HasCount(3, _news);
    }

    [TestMethod]
    public void A_failed_list_is_reported_for_each_environment_and_retried_once()
    {
        _pages = static () => throw Samples.Answered(503, GoogleRpcCode.Unavailable);
        _actors.Watch(Keys(10));
        Answer();
        Assert.AreEqual(10, _news.Count(static n => n.Problem?.Status == "UNAVAILABLE"));
        _pages = static () => [Page(0, 10)];
        _time.Advance(TimeSpan.FromSeconds(5));
        Answer();
        Assert.AreEqual((2, 0), (_lists, _gets));
        Assert.IsTrue(_news.TakeLast(10).All(static n => n.Problem is null));
    }

    [TestMethod]
    public void Nothing_is_read_when_watching_has_ended()
    {
        _pages = static () => [Page(0, 3)];
        _actors.Watch(Keys(3));
        Answer();
        _actors.Watch([]);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual((1, 0), (_lists, _gets));
    }

    [TestMethod]
    public void A_changing_environment_is_read_often_with_focus_and_at_once_when_it_returns()
    {
        var moving = new GatewayEnvironment { Name = Id(0), State = GatewayStates.Connecting };
        _pages = () => [[moving]];
        _actors.Watch(Keys(1));
        Assert.IsTrue(GetsWithin(60) is 48, "after 1 s, then every 1.25 s");

        var before = _gets;
        _actors.Watch(Keys(1), inBackground: true);
        Assert.AreEqual(before, _gets, "looking away is no reason to ask");
        Assert.AreEqual(6, GetsWithin(60), "one was due, then every 10 s");

        before = _gets;
        _actors.Watch(Keys(1));
        Assert.AreEqual(before + 1, _gets);
        Assert.AreEqual(3, GetsWithin(4.5), "after 1 s, and then every 1.25 s");
    }

    [TestMethod]
    public void A_newly_watched_environment_is_read_at_once_even_in_the_background()
    {
        _pages = static () => [Page(0, 1)];
        _actors.Watch(Keys(1), inBackground: true);
        Assert.AreEqual(1, _gets);
    }

    private int GetsWithin(double seconds)
    {
        var before = _gets;
        for (var passed = 0.0; passed < seconds; passed += 0.25)
            _time.Advance(TimeSpan.FromSeconds(0.25)); // a timer runs once per step
        return _gets - before;
    }

    private async IAsyncEnumerable<GatewayEnvironmentPage> ListAsync()
    {
        _lists++;
        _waiting++;
        await _answered.Task;
        _waiting--;
        var json = _pages().Select(page => $$"""{"environments":[{{string.Join(',', page.Where(_isListed).Select(Json))}}]}""");
        await foreach (var page in AnsweringGateway.ListAsync([.. json]))
            yield return page;
    }

    private static string Json(GatewayEnvironment environment) => $$"""{"name":"{{environment.Name}}","state":"{{environment.State}}"}""";

    private void Answer()
    {
        var answered = _answered;
        _answered = new TaskCompletionSource();
        answered.SetResult();
    }

    private static EnvironmentKey[] Keys(int count) => [.. Enumerable.Range(0, count).Select(static i => new EnvironmentKey("acme", Id(i)))];

    private static GatewayEnvironment[] Page(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(static i => new GatewayEnvironment { Name = Id(i), State = GatewayStates.Connected })];

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"e-{i}");
}
