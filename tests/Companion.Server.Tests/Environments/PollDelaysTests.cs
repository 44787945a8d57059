using Companion.Gateway;
using Companion.Server.Pacing;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Environments;

/// <summary>All polling intervals.</summary>
[TestClass]
public sealed class PollDelaysTests
{
    [TestMethod]
    [DataRow(0, 0, null, 1, 1)]
    [DataRow(1, 0, null, 1, 1.5)]
    [DataRow(2, 1, null, 1.25, 2.25)]
    [DataRow(3, 3, null, 1.25, 3.375)]
    [DataRow(4, 4, null, 1.25, 5.0625)]
    [DataRow(6, 20, null, 1.25, 10)]
    [DataRow(1_000_000, 750, null, 1.25, 10)]
    [DataRow(1_000_000, 900, null, 1.5, 10)]
    [DataRow(600, 1200, null, 2, 10)]
    [DataRow(600, 3600, null, 6, 10)]
    [DataRow(600, 90_000, null, 10, 10)]
    [DataRow(1, 1, 100.0, 1, 10)]
    [DataRow(9, 71, 100.0, 1.25, 9)]
    [DataRow(9, 79.5, 100.0, 1, 1)]
    [DataRow(9, 80, 50.0, 1.25, 10)]
    [DataRow(9, 40, 50.0, 1.25, 5)]
    [DataRow(9, 75, 50.0, 1.25, 5)]
    [DataRow(9, 4, 5.0, 1, 1)]
    [DataRow(9, 900, 1000.0, 1.5, 10)]
    public void While_the_gateway_carries_out_a_change(int looks, double waited, double? expected, double soon, double seldom) =>
        Is(soon, seldom, PollDelays.Poll(looks, Seconds(waited), expected is { } usual ? Seconds(usual) : null));

    [TestMethod]
    [DataRow(0, 0.5)]
    [DataRow(1, 1)]
    [DataRow(2, 2)]
    [DataRow(3, 4)]
    [DataRow(4, 8)]
    [DataRow(40, 8)]
    public void While_the_outcome_is_open(int times, double seconds) => Assert.AreEqual(Seconds(seconds), PollDelays.Backoff(times));

    [TestMethod]
    [DataRow("CONNECTED", 0, 30, 30)]
    [DataRow("DISCONNECTED", 0, 30, 30)]
    [DataRow("CONNECTING", 1, 1, 1.5)]
    [DataRow("DISCONNECTING", 2, 1.25, 2.25)]
    [DataRow("A_STATE_TO_COME", 9, 1.25, 10)]
    [DataRow("RECONNECTING", 1200, 2.5, 10)]
    public void While_watched(string state, int looks, double soon, double seldom) =>
        Is(soon, seldom, PollDelays.Watch(Samples.Environment(state), looks, fault: null));

    [TestMethod]
    public void While_watched_and_missing() => Is(30, 30, PollDelays.Watch(last: null, 0, fault: null));

    [TestMethod]
    [DataRow(503, 1, null, 5)]
    [DataRow(503, 2, null, 10)]
    [DataRow(503, 3, null, 20)]
    [DataRow(503, 9, null, 300)]
    [DataRow(401, 1, null, 300)]
    [DataRow(503, 1, 3.0, 5)]
    [DataRow(503, 1, 17.0, 17)]
    [DataRow(503, 1, 3000.0, 3000)]
    public void While_watched_and_the_gateway_does_not_respond(int status, int looks, double? retryAfter, double seconds)
    {
        var code = status == 401 ? GoogleRpcCode.Unauthenticated : GoogleRpcCode.Unavailable;
        var fault = Samples.Answered(status, code, retryAfter is { } wait ? Seconds(wait) : null);
        Is(seconds, seconds, PollDelays.Watch(Samples.Environment("CONNECTING"), looks, fault));
    }

    [TestMethod]
    public void A_specified_wait_is_at_least_a_second_or_none_if_it_has_passed()
    {
        Assert.AreEqual(Seconds(1), Named(0.2));
        Assert.AreEqual(Seconds(1.2), Named(1.2));
        Assert.IsNull(Named(0));
        Assert.IsNull(Named(null));

        static TimeSpan? Named(double? seconds) =>
            RetryRules.Named(Samples.Answered(503, GoogleRpcCode.Unavailable, seconds is { } s ? Seconds(s) : null));
    }

    private static void Is(double soon, double seldom, PollDelay delay) => Assert.AreEqual(new PollDelay(Seconds(soon), Seconds(seldom)), delay);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
