using Companion.Gateway;
using Companion.Server.Pacing;
using Companion.Testing;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class RequestRateLimiterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestTimeProvider _time = new();
    private readonly RequestRateLimiter _pace;

    public RequestRateLimiterTests() => _pace = new RequestRateLimiter(_time);

    [TestMethod]
    public void Nothing_waits_until_the_account_shows_a_limit()
    {
        Assert.AreEqual(100, SendAtOnce(RequestPriority.Poll, 100));
        Assert.IsFalse(_pace.IsCautious);
    }

    [TestMethod]
    [DataRow(nameof(RequestPriority.Poll), 6)]
    [DataRow(nameof(RequestPriority.Read), 8)]
    [DataRow(nameof(RequestPriority.ChangeRead), 9)]
    [DataRow(nameof(RequestPriority.Change), 10)]
    public void An_account_with_a_limit_gets_no_more_requests_in_any_minute(string name, int limit)
    {
        var priority = Enum.Parse<RequestPriority>(name);
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i < 50; i++)
        {
            _pace.OnTooManyRequests();
            _time.Advance(_pace.Delay(priority));
            Assert.AreEqual(1, SendAtOnce(priority, 1));
            sent.Add(_time.GetUtcNow());
            Assert.IsTrue(sent.Count(at => _time.GetUtcNow() - at < Minute) <= limit);
        }

        Assert.AreEqual((49 / limit) * Minute, _time.GetUtcNow() - sent[0], "and no fewer");
    }

    [TestMethod]
    public void Less_important_requests_leave_room_for_more_important_ones()
    {
        _pace.OnTooManyRequests();
        Assert.AreEqual(6, SendAtOnce(RequestPriority.Poll, 20));
        Assert.AreEqual(2, SendAtOnce(RequestPriority.Read, 20));
        Assert.AreEqual(1, SendAtOnce(RequestPriority.ChangeRead, 20));
        Assert.AreEqual(1, SendAtOnce(RequestPriority.Change, 20));
    }

    [TestMethod]
    public void A_limit_is_forgotten_after_five_minutes_without_rejections()
    {
        _pace.OnTooManyRequests();
        _time.Advance(2 * Minute);
        _pace.OnTooManyRequests();
        _time.Advance((5 * Minute) - Second - RequestRateLimiter.Tick);
        Assert.AreEqual(10, SendAtOnce(RequestPriority.Change, 20));
        var question = EnterAsync(RequestPriority.Read, patience: Minute);
        _time.Advance(Second + RequestRateLimiter.Tick);
        Assert.AreEqual(20, SendAtOnce(RequestPriority.Read, 20));
        _time.Advance(Minute);
        Assert.IsTrue(question.IsCompletedSuccessfully);
    }

    [TestMethod]
    public void Polling_stays_cautious_longer_each_time_the_limit_is_reached()
    {
        double[] lasts = [15, 30, 60, 120, 240, 480, 960, 1440, 1440];
        foreach (var minutes in lasts)
        {
            _pace.OnTooManyRequests();
            _time.Advance(Second);
            _pace.OnTooManyRequests(); // the same time
            _time.Advance((minutes * Minute) - Second);
            Assert.IsTrue(_pace.IsCautious, $"{minutes}");
            _time.Advance(Second);
            Assert.IsFalse(_pace.IsCautious, $"{minutes}");
        }
    }

    [TestMethod]
    public void Waiting_requests_are_ordered_by_importance_then_by_arrival()
    {
        _pace.OnTooManyRequests();
        for (var i = 0; i < 10; i++)
        {
            SendAtOnce(RequestPriority.Change, 1);
            _time.Advance(Second);
        }

        var went = new List<string>();
        Task[] waiting =
        [
            Note("poll 1", RequestPriority.Poll), Note("poll 2", RequestPriority.Poll), Note("question 1", RequestPriority.Read),
            Note("question 2", RequestPriority.Read), Note("look", RequestPriority.ChangeRead), Note("question 3", RequestPriority.Read),
        ];
        for (var i = 0; i < 600; i++)
        {
            if (i % 60 == 0)
                _pace.OnTooManyRequests();
            _time.Advance(Second);
        }

        Assert.IsTrue(waiting.All(static w => w.IsCompletedSuccessfully));
        CollectionAssert.AreEqual((string[])["look", "question 1", "question 2", "question 3", "poll 1", "poll 2"], went);

        async Task Note(string name, RequestPriority priority)
        {
            await EnterAsync(priority, TimeSpan.FromHours(1));
            went.Add(name);
        }
    }

    [TestMethod]
    public async Task Of_forty_reads_those_without_enough_time_fail_and_a_change_comes_first()
    {
        _pace.OnTooManyRequests();
        Task[] questions = [.. Enumerable.Range(0, 40).Select(_ => EnterAsync(RequestPriority.Read, Minute))];
        Assert.AreEqual(8, questions.Count(static q => q.IsCompletedSuccessfully));
        Assert.AreEqual(24, questions.Count(static q => q.IsFaulted), "their turn would come after two minutes and more");
        var fault = (GatewayException)questions[^1].Exception!.InnerException!;
        Assert.AreEqual((FaultKind.NotSent, GoogleRpcCode.ResourceExhausted, 2 * Minute), (fault.Kind, fault.Code, fault.RetryAfter!.Value));

        await EnterAsync(RequestPriority.ChangeRead, patience: 20 * Second);
        await _pace.EnterAsync(isChange: true, CancellationToken.None);
        _time.Advance(Minute + RequestRateLimiter.Tick);
        Assert.AreEqual(16, questions.Count(static q => q.IsCompletedSuccessfully));
    }

    [TestMethod]
    public async Task A_canceled_read_leaves_its_turn_to_the_next()
    {
        _pace.OnTooManyRequests();
        SendAtOnce(RequestPriority.Read, 8);
        using var cancelled = new CancellationTokenSource();
        Task[] eight = [.. Enumerable.Range(0, 8).Select(_ => EnterAsync(RequestPriority.Read, Minute, cancelled.Token))];
        await Assert.ThrowsExactlyAsync<GatewayException>(() => EnterAsync(RequestPriority.Read, Minute));
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Task.WhenAll(eight));
        var next = EnterAsync(RequestPriority.Read, Minute);
        _time.Advance(Minute + RequestRateLimiter.Tick);
        Assert.IsTrue(next.IsCompletedSuccessfully);
    }

    [TestMethod]
    public void All_requests_respect_a_specified_wait()
    {
        _pace.OnRetryAfter(17 * Second);
        _pace.OnRetryAfter(3 * Second);
        foreach (var priority in Enum.GetValues<RequestPriority>())
            Assert.AreEqual(17 * Second, _pace.Delay(priority));
        _time.Advance(17 * Second);
        Assert.AreEqual(TimeSpan.Zero, _pace.Delay(RequestPriority.Poll));
    }

    [TestMethod]
    public async Task A_change_that_must_wait_is_not_sent_and_reports_when_to_retry()
    {
        _pace.OnRetryAfter(17 * Second);
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(async () => await _pace.EnterAsync(isChange: true, CancellationToken.None));
        Assert.AreEqual(FaultKind.NotSent, fault.Kind);
        Assert.AreEqual(17 * Second, fault.RetryAfter);
        Assert.IsTrue(RequestRateLimiter.IsRateLimited(fault));
    }

    [TestMethod]
    public async Task A_read_without_a_time_limit_waits_for_at_most_a_minute()
    {
        _pace.OnRetryAfter(Minute);
        var inTime = _pace.EnterAsync(isChange: false, CancellationToken.None);
        Assert.IsFalse(inTime.IsCompleted);
        _pace.OnRetryAfter(Minute + Second);
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(async () => await _pace.EnterAsync(isChange: false, CancellationToken.None));
        Assert.AreEqual(GoogleRpcCode.ResourceExhausted, fault.Code);
        StringAssert.Contains(fault.Message, "61 s");
        _time.Advance(Minute + RequestRateLimiter.Tick);
        await Assert.ThrowsExactlyAsync<GatewayException>(async () => await inTime, "its time is over before its turn comes");
    }

    [TestMethod]
    public async Task Polls_are_a_second_apart_unless_that_makes_them_too_late()
    {
        await _pace.SpacePollAsync(TimeSpan.Zero, CancellationToken.None);
        var second = _pace.SpacePollAsync(10 * Second, CancellationToken.None);
        var third = _pace.SpacePollAsync(10 * Second, CancellationToken.None);
        var hurried = _pace.SpacePollAsync(0.5 * Second, CancellationToken.None);
        Assert.IsFalse(second.IsCompleted || third.IsCompleted || hurried.IsCompleted);
        _time.Advance((0.5 * Second) + RequestRateLimiter.Tick);
        Assert.IsTrue(hurried.IsCompletedSuccessfully);
        Assert.IsFalse(second.IsCompleted || third.IsCompleted);
        _time.Advance(Second + RequestRateLimiter.Tick);
        Assert.AreEqual(1, new[] { second, third }.Count(static p => p.IsCompletedSuccessfully));
        _time.Advance(Second + RequestRateLimiter.Tick);
        Assert.IsTrue(second.IsCompletedSuccessfully && third.IsCompletedSuccessfully);
    }

    private int SendAtOnce(RequestPriority priority, int count)
    {
        using var gaveUp = new CancellationTokenSource();
        Task[] sent = [.. Enumerable.Range(0, count).Select(_ => EnterAsync(priority, TimeSpan.FromHours(1), gaveUp.Token))];
        gaveUp.Cancel();
        return sent.Count(static s => s.IsCompletedSuccessfully);
    }

    private async Task EnterAsync(RequestPriority priority, TimeSpan patience, CancellationToken cancellationToken = default)
    {
        _pace.Prioritize(priority, patience);
        await _pace.EnterAsync(isChange: false, cancellationToken).ConfigureAwait(false);
    }
}
