using Companion.Server.Environments;
using Companion.Testing;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class RequestPaceTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly RequestPace _pace;

    public RequestPaceTests() => _pace = new RequestPace(_time);

    [TestMethod]
    public void Nothing_waits_while_the_account_has_shown_no_limit()
    {
        for (var i = 0; i < 100; i++)
            _pace.Sent();
        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(isUrgent: false));
    }

    [TestMethod]
    [DataRow(true, RequestPace.UrgentLimit)]
    [DataRow(false, RequestPace.PatientLimit)]
    public void An_account_that_has_shown_its_limit_is_asked_less_than_ten_times_in_any_minute(bool isUrgent, int limit)
    {
        _pace.ShowedLimit();
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 50; i++)
        {
            _time.Advance(_pace.Delay(isUrgent));
            Assert.AreEqual(TimeSpan.Zero, _pace.Delay(isUrgent));
            _pace.Sent();
            sent.Add(_time.GetUtcNow());
            var lastMinute = sent.Count(at => _time.GetUtcNow() - at < TimeSpan.FromMinutes(1));
            Assert.IsTrue(lastMinute <= limit, $"{lastMinute} in a minute");
        }

        Assert.IsTrue(_time.GetUtcNow() - sent[0] < TimeSpan.FromMinutes((50 / limit) + 1), "and no less often than it may be");
    }

    [TestMethod]
    public void The_time_that_the_gateway_names_is_waited_for_by_all()
    {
        _pace.AskedToWait(TimeSpan.FromSeconds(17));
        _pace.AskedToWait(TimeSpan.FromSeconds(3));
        Assert.AreEqual(TimeSpan.FromSeconds(17), _pace.Delay(isUrgent: true));
        _time.Advance(TimeSpan.FromSeconds(17));
        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(isUrgent: true));
    }
}
