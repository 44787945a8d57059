using System.Globalization;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Environments;

/// <summary>What is published beside the state, and memory use with very many environments.</summary>
[TestClass]
public sealed class EnvironmentChangePublisherTests
{
    private readonly TestTimeProvider _time = new();
    private readonly List<EnvironmentChangedParams> _told = [];
    private readonly EnvironmentChangePublisher _news;

    public EnvironmentChangePublisherTests() => _news = Wiring.News(_told.Add, _time);

    [TestMethod]
    public void Beyond_four_thousand_the_environments_read_longest_ago_are_forgotten()
    {
        See(0, 4000);
        _time.Advance(TimeSpan.FromSeconds(1));
        See(10, 1);
        See(4000, 1);
        Assert.IsNull(_news.Last(Key(0)));
        Assert.IsNull(_news.Last(Key(11)));
        Assert.IsNotNull(_news.Last(Key(10)));
        Assert.IsNotNull(_news.Last(Key(3999)));
        Assert.AreEqual(2001, Enumerable.Range(0, 4001).Count(n => _news.Last(Key(n)) is not null));
    }

    [TestMethod]
    public void A_response_that_may_be_older_than_a_forgotten_state_is_not_published()
    {
        var before = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(1));
        See(0, 4000);
        _time.Advance(TimeSpan.FromSeconds(1));
        See(4000, 1);
        _told.Clear();
        _news.Seen(Key(0), new Observation(Samples.Environment("CONNECTED"), before));
        Assert.IsEmpty(_told);
        See(0, 1);
        Assert.HasCount(1, _told);
    }

    [TestMethod]
    public void What_a_connect_usually_takes_is_there_while_it_lasts()
    {
        var key = Samples.Key;
        var store = new Mock<IDurableStore>();
        store.Setup(s => s.Read(It.IsAny<string>())).Returns("39.2");
        store.Setup(s => s.TakeOver(It.IsAny<string>())).Returns([]);
        var news = Wiring.News(_told.Add, _time, new SessionMemory(store.Object, "https://gateway.example", _time));
        Observe("DISCONNECTED");
        store.Invocations.Clear();
        Observe("CONNECTING");
        Observe("CONNECTING");
        store.Verify(s => s.Read(It.IsAny<string>()), Times.Once());
        Observe("RECONNECTING");
        Observe("CONNECTED");
        Assert.AreSequenceEqual([null, 39, 39, 39, null], _told.Select(static told => told.Environment!.ExpectedSeconds));

        void Observe(string state)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            news.Seen(key, new Observation(Samples.Environment(state, pool: "h100"), _time.GetTimestamp()));
        }
    }

    private static EnvironmentKey Key(int n) => new("acme", n.ToString(CultureInfo.InvariantCulture));

    private void See(int first, int count)
    {
        foreach (var n in Enumerable.Range(first, count))
            _news.Seen(Key(n), new Observation(Samples.Environment("CONNECTED"), _time.GetTimestamp()));
    }
}
