using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Leases;

namespace Companion.Server.Tests.Leases;

[TestClass]
public sealed class LeaseEndsTests
{
    private const string EitherOne = "params.lease must have either until or durationSeconds.";
    private const string Future = "params.lease.until must be a time in the future, at most a year from now.";
    private const int Year = 31_536_000;

    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow(null, null, EitherOne)]
    [DataRow(60, 60, EitherOne)]
    [DataRow(0, null, Future)]
    [DataRow(-1, null, Future)]
    [DataRow(Year + 1, null, Future)]
    [DataRow(1, null, null)]
    [DataRow(Year, null, null)]
    [DataRow(null, 60, null)]
    public void What_depends_on_the_clock_or_on_both_members_is_checked(int? secondsFromNow, int? durationSeconds, string? message)
    {
        var end = new LeaseParams { Until = secondsFromNow is { } seconds ? Noon.AddSeconds(seconds) : null, DurationSeconds = durationSeconds };
        if (message is null)
        {
            LeaseEnds.Check(end, Noon);
            return;
        }

        var error = Assert.ThrowsExactly<MethodException>(() => LeaseEnds.Check(end, Noon));
        Assert.AreEqual(MethodException.InvalidParams, error.Code);
        Assert.AreEqual(message, error.Message);
    }
}
