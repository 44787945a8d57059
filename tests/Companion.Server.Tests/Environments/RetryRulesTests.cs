using Companion.Gateway;
using Companion.Server.Pacing;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Environments;

/// <summary>What a fault proves, for each code and each status.</summary>
[TestClass]
public sealed class RetryRulesTests
{
    private static readonly GoogleRpcCode[] Errors = [.. Enum.GetValues<GoogleRpcCode>().Where(static code => code != GoogleRpcCode.Ok)];

    /// <summary>
    /// These reject the request itself. With any other code, a proxy or the gateway's backend may have failed afterwards.
    /// </summary>
    private static readonly GoogleRpcCode[] Refusals =
    [
        GoogleRpcCode.InvalidArgument, GoogleRpcCode.NotFound, GoogleRpcCode.PermissionDenied, GoogleRpcCode.ResourceExhausted,
        GoogleRpcCode.FailedPrecondition, GoogleRpcCode.OutOfRange, GoogleRpcCode.Unimplemented, GoogleRpcCode.Unauthenticated,
    ];

    private static readonly GoogleRpcCode[] Passing =
    [
        GoogleRpcCode.Cancelled, GoogleRpcCode.Unknown, GoogleRpcCode.DeadlineExceeded, GoogleRpcCode.ResourceExhausted, GoogleRpcCode.Aborted,
        GoogleRpcCode.Internal, GoogleRpcCode.Unavailable,
    ];

    [TestMethod]
    [DataRow(200, false)]
    [DataRow(399, false)]
    [DataRow(400, true)]
    [DataRow(429, true)]
    [DataRow(499, true)]
    [DataRow(500, false)]
    [DataRow(501, true)]
    [DataRow(502, false)]
    [DataRow(503, false)]
    [DataRow(504, false)]
    public void Only_a_rejection_proves_that_a_change_had_no_effect(int status, bool isRefusal)
    {
        foreach (var code in Errors)
        {
            var isProof = isRefusal && Refusals.Contains(code);
            Assert.AreEqual(!isProof, RetryRules.MayHaveTakenPlace(Samples.Answered(status, code)), code.ToString());
        }
    }

    [TestMethod]
    [DataRow(FaultKind.NotSent, false)]
    [DataRow(FaultKind.Timeout, true)]
    [DataRow(FaultKind.ConnectionLost, true)]
    [DataRow(FaultKind.InvalidResponse, true)]
    public void Without_a_response_only_an_unsent_request_proves_it(FaultKind kind, bool may) =>
        Assert.AreEqual(may, RetryRules.MayHaveTakenPlace(new GatewayException(GoogleRpcCode.InvalidArgument, kind, "")));

    [TestMethod]
    public void A_change_is_sent_again_only_after_two_kinds_of_responses()
    {
        foreach (var code in Errors)
        {
            foreach (var status in new[] { 400, 429, 500, 502, 503, 504 })
            {
                foreach (var after in new TimeSpan?[] { null, TimeSpan.Zero, TimeSpan.FromSeconds(5) })
                {
                    var may = (status, code) == (503, GoogleRpcCode.Unavailable)
                        || ((status, code) == (429, GoogleRpcCode.ResourceExhausted) && after is not null);
                    Assert.AreEqual(may, RetryRules.MayBeSentAgain(Samples.Answered(status, code, after)), $"{status} {code} {after}");
                }
            }
        }

        foreach (var kind in new[] { FaultKind.Timeout, FaultKind.ConnectionLost, FaultKind.InvalidResponse })
            Assert.IsFalse(RetryRules.MayBeSentAgain(new GatewayException(GoogleRpcCode.Unavailable, kind, "") { HttpStatus = 503 }), kind.ToString());
    }

    [TestMethod]
    [DataRow(NotSentReason.Other, true)]
    [DataRow(NotSentReason.NoApiKey, false)]
    [DataRow(NotSentReason.InvalidId, false)]
    [DataRow(NotSentReason.NameResolution, true)]
    [DataRow(NotSentReason.ConnectionRefused, true)]
    [DataRow(NotSentReason.ConnectTimeout, true)]
    [DataRow(NotSentReason.Tls, false)]
    [DataRow(NotSentReason.Proxy, false)]
    public void An_unsent_request_may_succeed_later_unless_someone_must_fix_something(NotSentReason reason, bool passes)
    {
        var fault = new GatewayException(GoogleRpcCode.Unavailable, FaultKind.NotSent, "") { NotSentReason = reason };
        Assert.AreEqual(passes, RetryRules.IsTemporary(fault));
        Assert.AreEqual(passes, RetryRules.MayBeSentAgain(fault));
    }

    [TestMethod]
    public void Whether_a_response_is_temporary_depends_on_its_code()
    {
        foreach (var code in Errors)
            Assert.AreEqual(Passing.Contains(code), RetryRules.IsTemporary(Samples.Answered(400, code)), code.ToString());
        foreach (var kind in new[] { FaultKind.Timeout, FaultKind.ConnectionLost, FaultKind.InvalidResponse })
            Assert.IsTrue(RetryRules.IsTemporary(new GatewayException(GoogleRpcCode.InvalidArgument, kind, "")), kind.ToString());
    }

    [TestMethod]
    public void Only_the_gateways_own_response_proves_that_it_no_longer_exists()
    {
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            foreach (var code in Errors)
            {
                var isGone = (kind, code) == (FaultKind.ErrorResponse, GoogleRpcCode.NotFound);
                Assert.AreEqual(isGone, RetryRules.IsGone(new GatewayException(code, kind, "") { HttpStatus = 404 }), $"{kind} {code}");
            }
        }
    }

    [TestMethod]
    [DataRow(null, null)]
    [DataRow(0, null)]
    [DataRow(1, 1000)]
    [DataRow(999, 1000)]
    [DataRow(1000, 1000)]
    [DataRow(1001, 1001)]
    [DataRow(77_000, 77_000)]
    public void A_wait_that_the_gateway_specifies_is_at_least_one_second(int? named, int? waited)
    {
        var fault = Samples.Answered(429, GoogleRpcCode.ResourceExhausted, Milliseconds(named));
        Assert.AreEqual(Milliseconds(waited), RetryRules.Named(fault));
        Assert.AreEqual(Milliseconds(waited) ?? TimeSpan.Zero, RetryRules.Wait(fault, before: 0, undone: false));
        Assert.AreEqual(Milliseconds(waited) ?? PollDelays.Backoff(2), RetryRules.Wait(fault, before: 2, undone: true));

        static TimeSpan? Milliseconds(int? count) => count is { } n ? TimeSpan.FromMilliseconds(n) : null;
    }
}
