using System.Net.Sockets;
using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Pacing;

namespace Companion.Server.Tests.Errors;

/// <summary>Which cause an error message names.</summary>
[TestClass]
public sealed class ErrorMessagesTests
{
    private const string Name = "Night run";

    private static readonly EnvironmentKey Key = new("acme", "train-a");

    private static readonly GatewayHttpOptions BySetting = new() { Proxy = "http://ada:hunter22@proxy.example:3128" };

    private static readonly GatewayHttpOptions ByVariable =
        new() { EnvironmentProxy = new FoundValue("proxy.example:3128", CredentialSource.Environment, "https_proxy") };

    private static readonly GatewayHttpOptions Direct = new() { IsDirect = true };

    private static readonly Change Connect = new Connect(Key, Wait.Settled, new ConnectionParams { NodePoolId = "pool" }, VscodeVersion: null);

    private static readonly Change Disconnect = new Disconnect(Key, Wait.Settled, Force: null, ResetSnapshots: null);

    public static IEnumerable<object?[]> OnTheWay =>
    [
        [Direct, NotSent(NotSentReason.NameResolution), "Couldn't resolve the gateway's host name, gateway.example", StepFixes.OpenSettings],
        [BySetting, NotSent(NotSentReason.NameResolution), "Couldn't resolve the proxy's host name, proxy.example. Check your network, your VPN, and the spelling in the http.proxy setting", StepFixes.OpenProxySettings],
        [ByVariable, NotSent(NotSentReason.NameResolution), "the spelling in the https_proxy environment variable", StepFixes.OpenProxySettings],
        [Direct, NotSent(NotSentReason.ConnectionRefused, SocketError.ConnectionRefused), "gateway.example (port 8443) refuses connections", StepFixes.OpenSettings],
        [Direct, NotSent(NotSentReason.ConnectionRefused, SocketError.NetworkUnreachable), "gateway.example (port 8443) can't be reached from this network", StepFixes.OpenSettings],
        [Direct, NotSent(NotSentReason.ConnectTimeout), "gateway.example (port 8443) isn't responding", StepFixes.OpenSettings],
        [BySetting, NotSent(NotSentReason.ConnectionRefused, SocketError.ConnectionRefused), "The proxy http://proxy.example:3128 (from the http.proxy setting) refuses connections", StepFixes.OpenProxySettings],
        [ByVariable, NotSent(NotSentReason.ConnectTimeout), "The proxy http://proxy.example:3128 (from the https_proxy environment variable) isn't responding", StepFixes.OpenProxySettings],
        [BySetting, NotSent(NotSentReason.ConnectionRefused), "closed the connection instead of connecting to gateway.example", StepFixes.OpenProxySettings],
        [BySetting, NotSent(NotSentReason.Proxy), "closed the connection instead of connecting to gateway.example", StepFixes.OpenProxySettings],
        [BySetting, NotSent(NotSentReason.Proxy, status: 407), "requires a user name and password", StepFixes.OpenProxySettings],
        [BySetting, NotSent(NotSentReason.Proxy, status: 403), "doesn't allow connections to gateway.example (HTTP 403)", StepFixes.OpenProxySettings],
        [BySetting, NotSent(NotSentReason.Proxy, status: 405), "doesn't allow connections to gateway.example (HTTP 405)", StepFixes.OpenProxySettings],
        [BySetting, NotSent(NotSentReason.Proxy, status: 502), "can't reach gateway.example (HTTP 502)", StepFixes.OpenSettings],
        [BySetting, NotSent(NotSentReason.Proxy, status: 503), "can't reach gateway.example (HTTP 503)", StepFixes.OpenSettings],
        [BySetting, NotSent(NotSentReason.Proxy, status: 504), "can't reach gateway.example (HTTP 504)", StepFixes.OpenSettings],
        [Direct, RequestRateLimiter.RateLimited(TimeSpan.FromSeconds(52.5)), "temporarily limited. Try again in 53 s", null],
        [Direct, Page(200), "Received a web page instead of an API response (HTTP 200)", StepFixes.OpenSettings],
        [BySetting, Page(203), "Received a web page instead of an API response (HTTP 203)", StepFixes.OpenSettings],
        [Direct, Answered(GoogleRpcCode.PermissionDenied, 403, isPage: true), "Received a web page instead of an API response (HTTP 403)", StepFixes.OpenSettings],
        [Direct, Answered(GoogleRpcCode.PermissionDenied, 403), "can't access train-a", null],
        [Direct, Answered(GoogleRpcCode.Unauthenticated, 401, isPage: true), "doesn't accept the API key", null],
        [Direct, Answered(GoogleRpcCode.Unavailable, 502, isPage: true), "The gateway failed (HTTP 502)", null],
    ];

    [TestMethod]
    [DynamicData(nameof(OnTheWay))]
    public void The_cause_is_named(object options, GatewayException fault, string named, string? fix)
    {
        var failure = For((GatewayHttpOptions)options).Failure(fault, Key);
        StringAssert.Contains(failure.Message, named);
        var fixes = failure.ErrorData!.Actions.Where(static action => action is ErrorActions.OpenSettings or ErrorActions.OpenProxySettings);
        CollectionAssert.AreEqual(fix is null ? Array.Empty<string>() : [fix], fixes.ToArray());
        Assert.DoesNotContain("hunter22", failure.Message);
        Assert.AreEqual(failure.Message, For((GatewayHttpOptions)options).Problem(fault, Key).Message);
    }

    [TestMethod]
    [DataRow(GoogleRpcCode.Unauthenticated, 401, "The gateway doesn't accept the API key")]
    [DataRow(GoogleRpcCode.PermissionDenied, 403, "This API key can't access train-a")]
    [DataRow(GoogleRpcCode.InvalidArgument, 400, "The gateway rejected a value (no)")]
    [DataRow(GoogleRpcCode.Unavailable, 503, "The gateway failed (HTTP 503) (no)")]
    public void A_rejection_is_not_reported_as_a_missing_response(GoogleRpcCode code, int status, string why)
    {
        var failure = For(Direct).Failure(Connect, new ChangeAnswer.Faulted(Answered(code, status), Outcomes.Unknown, null), Name);
        StringAssert.StartsWith(failure.Message, $"Couldn't confirm whether Night run connected. {why}");
        Assert.DoesNotContain("stopped responding", failure.Message);
    }

    [TestMethod]
    [DataRow(FaultKind.Timeout)]
    [DataRow(FaultKind.ConnectionLost)]
    public void A_missing_response_is_reported_as_such(FaultKind kind)
    {
        var fault = new GatewayException(GoogleRpcCode.Unavailable, kind, "Lost.");
        StringAssert.Contains(For(Direct).Failure(Connect, new ChangeAnswer.Faulted(fault, Outcomes.Unknown, null), Name).Message, "stopped responding");
    }

    public static IEnumerable<object[]> Refusals =>
    [
        [Connect, EnvironmentStates.Disconnected, 400, "The gateway rejected the request to connect Night run (no). Fix the problem, then try again."],
        [Disconnect, EnvironmentStates.Connected, 400, "The gateway rejected the request to disconnect Night run (no). Fix the problem, then try again."],
        [Connect, EnvironmentStates.Connected, 400, "The gateway rejected the request to connect Night run (no). Current state: Connected."],
        [Disconnect, "SUSPENDED_BY_X", 400, "The gateway rejected the request to disconnect Night run (no). Current state: SUSPENDED_BY_X."],
        [Connect, EnvironmentStates.Disconnected, 412, "The account is suspended (no). Check the Fireworks billing page."],
        [Disconnect, EnvironmentStates.Disconnected, 412, "The account is suspended (no). Check the Fireworks billing page."],
    ];

    [TestMethod]
    [DynamicData(nameof(Refusals))]
    public void The_state_is_named_as_the_reason_only_if_it_prevents_the_change(object change, string state, int status, string sentence)
    {
        var answer = new ChangeAnswer.Faulted(Answered(GoogleRpcCode.FailedPrecondition, status), Outcomes.NotApplied, Now(state));
        Assert.AreEqual(sentence, For(Direct).Failure((Change)change, answer, Name).Message);
    }

    [TestMethod]
    [DataRow(FaultKind.Timeout)]
    [DataRow(FaultKind.ConnectionLost)]
    [DataRow(FaultKind.ErrorResponse)]
    public void A_change_that_was_not_sent_says_so_and_claims_no_state(FaultKind kind)
    {
        var fault = new GatewayException(GoogleRpcCode.Unavailable, kind, "No luck.") { HttpStatus = 503 };
        var answer = new ChangeAnswer.Faulted(fault, Outcomes.NotApplied, Now(EnvironmentStates.Connected)) { IsUnsent = true, IsOutdated = true };
        var failure = For(Direct).Failure(Disconnect, answer, Name);
        StringAssert.StartsWith(failure.Message, "Couldn't disconnect Night run. Nothing was sent. ");
        Assert.DoesNotContain("connected", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("train-a", failure.Message);
    }

    [TestMethod]
    [DataRow(GoogleRpcCode.FailedPrecondition, 400, "The gateway rejected the request to disconnect Night run (no). Fix the problem, then try again.")]
    [DataRow(GoogleRpcCode.Unavailable, 503, "The gateway failed (HTTP 503) (no). Try again in a minute.")]
    public void A_state_from_before_a_fault_is_not_claimed(GoogleRpcCode code, int status, string sentence)
    {
        var answer = new ChangeAnswer.Faulted(Answered(code, status), Outcomes.NotApplied, Now(EnvironmentStates.Deleting));
        Assert.AreEqual(sentence, For(Direct).Failure(Disconnect, answer with { IsOutdated = true }, Name).Message);
        StringAssert.Contains(For(Direct).Failure(Disconnect, answer, Name).Message, "Current state: Deleting.");
    }

    [TestMethod]
    [DataRow(true, "Timed out. Nothing was sent.")]
    [DataRow(false, "Timed out. The gateway rejected the request.")]
    public void A_caller_that_left_is_told_whether_anything_was_sent(bool isUnsent, string sentence)
    {
        var answer = new ChangeAnswer.Left(LeaveReason.TimedOut, Outcomes.NotApplied, Now(EnvironmentStates.Connected)) { IsUnsent = isUnsent };
        Assert.AreEqual(sentence, For(Direct).Failure(Disconnect, answer, Name).Message);
    }

    private static EnvironmentInfo Now(string state) => new() { AccountId = "acme", EnvironmentId = "train-a", State = state, ObservedAt = default };

    private static ErrorMessages For(GatewayHttpOptions options)
    {
        Assert.IsTrue(GatewayUrl.TryParse("https://gateway.example:8443", out var url, out _));
        var phrases = new Phrases();
        return new ErrorMessages(url.ToString(), phrases, new NetworkErrorMessages(phrases, url, options, options.ProxyFor(url)));
    }

    private static GatewayException NotSent(NotSentReason reason, SocketError? error = null, int? status = null) =>
        new(GoogleRpcCode.Unavailable, FaultKind.NotSent, "Not sent.") { NotSentReason = reason, SocketError = error, ProxyStatus = status };

    private static GatewayException Page(int status) => new(GoogleRpcCode.Unknown, FaultKind.InvalidResponse, "A page.")
    {
        InvalidResponseReason = InvalidResponseReason.WebPage, IsWebPage = true, HttpStatus = status,
    };

    private static GatewayException Answered(GoogleRpcCode code, int status, bool isPage = false) =>
        new(code, FaultKind.ErrorResponse, "no.") { HttpStatus = status, GatewayMessage = "no.", IsWebPage = isPage };
}
