using Companion.Gateway;
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
    public async Task Nothing_waits_while_the_account_has_shown_no_limit()
    {
        for (var i = 0; i < 100; i++)
            await SendAsync();
        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(RequestPace.PatientLimit));
    }

    [TestMethod]
    [DataRow(RequestPace.Limit)]
    [DataRow(RequestPace.UrgentLimit)]
    [DataRow(RequestPace.PatientLimit)]
    public async Task An_account_that_has_shown_its_limit_is_asked_no_more_often_than_that_in_any_minute(int limit)
    {
        _pace.ShowedLimit();
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 50; i++)
        {
            _time.Advance(_pace.Delay(limit));
            Assert.AreEqual(TimeSpan.Zero, _pace.Delay(limit));
            await SendAsync();
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
        Assert.AreEqual(TimeSpan.FromSeconds(17), _pace.Delay(RequestPace.UrgentLimit));
        _time.Advance(TimeSpan.FromSeconds(17));
        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(RequestPace.UrgentLimit));
    }

    [TestMethod]
    public async Task What_a_person_asks_for_waits_for_its_turn_and_counts_too()
    {
        _pace.ShowedLimit();
        for (var i = 0; i < RequestPace.Limit; i++)
            await SendAsync();
        var next = _pace.EnterAsync(isChange: false, CancellationToken.None);
        Assert.IsFalse(next.IsCompleted);
        await _time.AdvanceOnceAwaitedAsync(TimeSpan.FromMinutes(1) + RequestPace.Tick);
        await next;
        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(RequestPace.Limit), "the others are a minute old");
    }

    [TestMethod]
    public async Task A_change_that_may_not_be_sent_yet_is_not_sent_and_says_when_it_may()
    {
        _pace.AskedToWait(TimeSpan.FromSeconds(17));
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(async () => await _pace.EnterAsync(isChange: true, CancellationToken.None));
        Assert.AreEqual(FaultKind.NotSent, fault.Kind);
        Assert.AreEqual(TimeSpan.FromSeconds(17), fault.RetryAfter);
    }

    [TestMethod]
    public async Task Nobody_waits_for_more_than_a_minute()
    {
        _pace.AskedToWait(TimeSpan.FromMinutes(5));
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(async () => await _pace.EnterAsync(isChange: false, CancellationToken.None));
        Assert.AreEqual(GoogleRpcCode.ResourceExhausted, fault.Code);
        StringAssert.Contains(fault.Message, "300 s");
    }

    private ValueTask SendAsync()
    {
        var sent = _pace.EnterAsync(isChange: false, CancellationToken.None);
        Assert.IsTrue(sent.IsCompletedSuccessfully);
        return sent;
    }
}
