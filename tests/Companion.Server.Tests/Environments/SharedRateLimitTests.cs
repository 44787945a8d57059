using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Server.Pacing;
using Companion.Server.Storage;
using Companion.Server.Tests.Storage;
using Companion.Testing;

namespace Companion.Server.Tests.Environments;

/// <summary>Two processes on one machine, each with its own rate limiter, that share a folder.</summary>
[TestClass]
public sealed class SharedRateLimitTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TestTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Two_processes_send_no_more_requests_in_a_minute_than_one()
    {
        var (one, other) = (Process(), Process());
        Assert.AreEqual(3, await SendAsync(one, 3));
        one.OnTooManyRequests();
        Assert.AreEqual(5, await SendAsync(other, 20));
        Assert.AreEqual(0, await SendAsync(one, 20));
        Assert.AreEqual(0, await SendAsync(Process(), 20), "a process that starts later");
        _time.Advance(Minute);
        Assert.AreEqual(4, await SendAsync(one, 4));
        Assert.AreEqual(4, await SendAsync(other, 20));
    }

    [TestMethod]
    public async Task Requests_of_a_process_are_not_counted_twice()
    {
        var (one, other) = (Process(), Process());
        one.OnTooManyRequests();
        for (var i = 0; i < 4; i++)
            Assert.AreEqual(2, await SendAsync(one, 1) + await SendAsync(other, 1));
        Assert.AreEqual(0, await SendAsync(one, 1) + await SendAsync(other, 1));
    }

    [TestMethod]
    public async Task A_wait_specified_to_one_process_is_respected_by_the_other()
    {
        var other = Process();
        Process().OnRetryAfter(17 * Second);
        var fault = await Assert.ThrowsExactlyAsync<GatewayException>(async () => await other.EnterAsync(isChange: true, CancellationToken.None));
        Assert.AreEqual(17 * Second, fault.RetryAfter);
        _time.Advance(17 * Second);
        await other.EnterAsync(isChange: true, CancellationToken.None);
    }

    [TestMethod]
    public async Task A_process_that_starts_later_polls_cautiously()
    {
        Process().OnTooManyRequests();
        _time.Advance(6 * Minute);
        var later = Process();
        Assert.AreEqual(20, await SendAsync(later, 20), "the limit itself is forgotten");
        Assert.IsTrue(later.IsCautious);
        _time.Advance(10 * Minute);
        Assert.IsFalse(later.IsCautious);
    }

    [TestMethod]
    [DataRow("other")]
    [DataRow(null)]
    public async Task Other_and_unknown_accounts_share_nothing(string? accountId)
    {
        var other = Process(accountId);
        Process().OnTooManyRequests();
        Assert.AreEqual(20, await SendAsync(other, 20));
        other.OnTooManyRequests();
        Assert.AreEqual(0, await SendAsync(other, 20), "its own limit applies");
    }

    [TestMethod]
    public async Task A_record_from_before_a_restart_is_ignored()
    {
        var restarted = new TestTimeProvider();
        _time.Advance(TimeSpan.FromSeconds(1));
        Process().OnTooManyRequests();
        var pace = new RequestRateLimiter(restarted) { Shared = Shared("acme") };
        Assert.AreEqual(20, await SendAsync(pace, 20));
        Assert.IsFalse(pace.IsCautious);
        restarted.Advance(Minute);
        pace.OnTooManyRequests();
        Assert.AreEqual(8, await SendAsync(pace, 20));
    }

    [TestMethod]
    public async Task No_time_in_a_record_counts_for_more_than_its_maximum()
    {
        var record = new RateLimitRecord(TimeSpan.Zero, TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue, [new(Guid.NewGuid(), TimeSpan.MaxValue)]);
        Shared("acme").Change(_ => record);
        var pace = Process();
        Assert.AreEqual(0, await SendAsync(pace, 1));
        Assert.AreEqual(RetryAfterHeader.MaxWait, pace.Delay(RequestPriority.Change));
        _time.Advance(RetryAfterHeader.MaxWait);
        new FolderStore(_folder.Path).Change(StoreNames.Pace("https://a.example/", "acme"), _ => null);
        Assert.AreEqual(20, await SendAsync(pace, 20));
        _time.Advance(RequestRateLimiter.LongestCaution);
        Assert.IsFalse(pace.IsCautious);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("null")]
    [DataRow("""{"sent":null}""")]
    public async Task An_unreadable_record_is_ignored_and_replaced(string text)
    {
        new FolderStore(_folder.Path).Change(StoreNames.Pace("https://a.example/", "acme"), _ => text);
        var pace = Process();
        Assert.AreEqual(20, await SendAsync(pace, 20));
        _time.Advance(Minute);
        pace.OnTooManyRequests();
        Assert.AreEqual(8, await SendAsync(Process(), 20));
    }

    [TestMethod]
    public async Task Without_storage_each_process_respects_the_limit_on_its_own()
    {
        File.WriteAllText(_folder["state"], "in place of the folder");
        var (one, other) = (Process(), Process());
        one.OnTooManyRequests();
        Assert.AreEqual(8, await SendAsync(one, 20));
        Assert.AreEqual(20, await SendAsync(other, 20));
    }

    [TestMethod]
    public async Task Nothing_is_stored_until_the_gateway_shows_a_limit()
    {
        await SendAsync(Process(), 20);
        Assert.IsFalse(Directory.Exists(_folder["state"]));
    }

    private RequestRateLimiter Process(string? accountId = "acme") => new(_time) { Shared = Shared(accountId) };

    private SharedRateLimit Shared(string? accountId) => new(new FolderStore(_folder.Path), "https://a.example/", () => accountId);

    // How many of these reads are sent at once.
    private static async Task<int> SendAsync(RequestRateLimiter pace, int count)
    {
        var sent = 0;
        for (var i = 0; i < count; i++)
        {
            pace.Prioritize(RequestPriority.Read, TimeSpan.Zero);
            try
            {
                await pace.EnterAsync(isChange: false, CancellationToken.None);
                sent++;
            }
            catch (GatewayException fault) when (RequestRateLimiter.IsRateLimited(fault))
            {
                // not sent
            }
        }

        return sent;
    }
}
