using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Environments;

/// <summary>Each row of the machine: what happened, what is done next, and what the caller is told.</summary>
[TestClass]
public sealed class EnvironmentMachineTests
{
    private TimeSpan _at;
    private EnvironmentStep _step;

    [TestMethod]
    public void It_looks_first_then_sends_once_then_asks_until_it_rests()
    {
        Begin(Connect());
        Does<EnvironmentAction.Ask>();
        Happens(Seen("DISCONNECTED"));
        Does<EnvironmentAction.Send>();
        Happens(new EnvironmentEvent.Accepted(_at));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Does<EnvironmentAction.Ask>();
        Assert.IsNull(_step.Answer, "{} means accepted, not connected");
        Happens(Seen("CONNECTED", 2, "h100-8x"));
        Assert.AreEqual("CONNECTED", Answers<ChangeAnswer.Done>().Environment.State);
    }

    [TestMethod]
    public void Accepted_is_enough_for_a_caller_who_says_so_and_still_the_state_is_the_gateways()
    {
        Sent(Connect(Wait.Accepted));
        Happens(new EnvironmentEvent.Accepted(_at));
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Assert.AreEqual("CONNECTING", Answers<ChangeAnswer.Done>().Environment.State);
    }

    [TestMethod]
    public void What_cannot_be_looked_at_is_not_sent()
    {
        Begin(Connect());
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(GoogleRpcCode.NotFound, answer.Fault.Code);
    }

    [TestMethod]
    public void A_gateway_that_cannot_be_asked_at_first_is_sent_nothing()
    {
        Begin(Connect());
        Assert.AreEqual(EnvironmentMachine.AskBudget, Does<EnvironmentAction.Ask>().Budget);
        Happens(NotSeen(Answered(503, GoogleRpcCode.Unavailable)));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow(400, GoogleRpcCode.InvalidArgument)]
    [DataRow(401, GoogleRpcCode.Unauthenticated)]
    [DataRow(403, GoogleRpcCode.PermissionDenied)]
    [DataRow(404, GoogleRpcCode.NotFound)]
    [DataRow(429, GoogleRpcCode.ResourceExhausted)]
    [DataRow(501, GoogleRpcCode.Unimplemented)]
    public void A_refusal_is_told_as_it_is(int status, GoogleRpcCode code)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, Answered(status, code)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(code, answer.Fault.Code);
    }

    [TestMethod]
    public void A_refusal_for_the_state_is_told_with_that_state()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, Answered(400, GoogleRpcCode.FailedPrecondition)));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTING", 1, "cpu"));
        Assert.AreEqual("CONNECTING", Answers<ChangeAnswer.Faulted>().Environment!.State);
    }

    [TestMethod]
    public void A_request_that_never_left_is_tried_again_while_nothing_has_changed_and_not_for_ever()
    {
        Sent(Connect());
        for (var sent = 1; sent < EnvironmentMachine.MostSends; sent++)
        {
            Happens(new EnvironmentEvent.NotAccepted(_at, NotSent()));
            _at += Does<EnvironmentAction.Ask>().After;
            Happens(Seen("DISCONNECTED"));
            Does<EnvironmentAction.Send>();
        }

        Happens(new EnvironmentEvent.NotAccepted(_at, NotSent()));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_429_with_Retry_After_is_sent_again_after_that_time()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(17))));
        Assert.AreEqual(TimeSpan.FromSeconds(17), Does<EnvironmentAction.Ask>().After);
        _at += TimeSpan.FromSeconds(17);
        Happens(Seen("DISCONNECTED"));
        Does<EnvironmentAction.Send>();
        Assert.AreEqual(2, _step.State.Change!.Sent);
    }

    [TestMethod]
    [DataRow(120, DisplayName = "longer than anybody likes to wait")]
    [DataRow(50, DisplayName = "longer than the caller's time")]
    public void A_429_that_asks_for_too_much_is_told(int seconds)
    {
        Sent(Connect(), timeout: TimeSpan.FromSeconds(45));
        Happens(new EnvironmentEvent.NotAccepted(_at, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(seconds))));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 1, null, DisplayName = "somebody connected and disconnected it")]
    [DataRow("CONNECTED", 1, "cpu", DisplayName = "somebody connected it elsewhere")]
    public void Nothing_is_sent_again_when_somebody_else_changed_the_environment(string state, int changed, string? pool)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(1))));
        Happens(Seen(state, changed, pool));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_503_is_sent_again_only_after_the_window_in_which_it_might_still_take_effect()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, Answered(503, GoogleRpcCode.Unavailable)));
        var began = _at;
        while (_step.Action is EnvironmentAction.Ask ask)
        {
            _at += ask.After;
            Happens(Seen("DISCONNECTED"));
        }

        Does<EnvironmentAction.Send>();
        Assert.IsTrue(_at - began >= EnvironmentMachine.SettleWindow);
    }

    [TestMethod]
    [DataRow(408, GoogleRpcCode.DeadlineExceeded)]
    [DataRow(409, GoogleRpcCode.Aborted)]
    [DataRow(500, GoogleRpcCode.Internal)]
    [DataRow(502, GoogleRpcCode.Unavailable)]
    [DataRow(504, GoogleRpcCode.DeadlineExceeded)]
    [DataRow(0, GoogleRpcCode.Unavailable, DisplayName = "lost")]
    public void An_ambiguous_answer_is_settled_by_asking_and_nothing_is_sent_again(int status, GoogleRpcCode code)
    {
        var fault = status == 0 ? Lost() : Answered(status, code);

        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, fault));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTED", 2, "h100-8x"));
        Assert.AreEqual("CONNECTED", Answers<ChangeAnswer.Done>().Environment.State);

        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, fault));
        while (_step.Answer is null)
        {
            Does<EnvironmentAction.Ask>();
            _at += ((EnvironmentAction.Ask)_step.Action).After;
            Happens(Seen("DISCONNECTED"));
        }

        Assert.IsTrue(_at >= EnvironmentMachine.SettleWindow, "a late effect has had its time");
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void What_cannot_be_settled_is_unknown()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(_at, Lost()));
        Happens(NotSeen(Lost()));
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_connect_that_settles_disconnected_failed()
    {
        Waiting(Connect());
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Happens(Seen("DISCONNECTED", 2, status: new StatusInfo { Code = "RESOURCE_EXHAUSTED" }));
        Assert.AreEqual("RESOURCE_EXHAUSTED", Answers<ChangeAnswer.SettledElsewhere>().Environment.Status!.Code);
    }

    [TestMethod]
    public void A_disconnect_that_settles_connected_failed()
    {
        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(Seen("DISCONNECTING", 1, "cpu"));
        Happens(Seen("CONNECTED", 2, "cpu", new StatusInfo { Code = "INTERNAL" }));
        Answers<ChangeAnswer.SettledElsewhere>();
    }

    [TestMethod]
    public void An_accepted_change_that_nothing_comes_of_ends()
    {
        Waiting(Connect());
        while (_step.Answer is null)
        {
            _at += ((EnvironmentAction.Ask)_step.Action).After;
            Happens(Seen("DISCONNECTED"));
        }

        Assert.IsTrue(_at >= EnvironmentMachine.AcceptedWindow);
        Answers<ChangeAnswer.NothingHappened>();
    }

    [TestMethod]
    public void A_long_silence_after_acceptance_ends_in_unknown()
    {
        Waiting(Connect());
        Assert.AreEqual(EnvironmentMachine.WaitingBudget, Does<EnvironmentAction.Ask>().Budget);
        Happens(NotSeen(Lost()));
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void Signing_out_in_the_middle_ends_the_waiting()
    {
        Waiting(Connect());
        Happens(new EnvironmentEvent.SignedOut(_at));
        Assert.AreEqual(LeaveReason.SignedOut, Answers<ChangeAnswer.Left>().Reason);
        Does<EnvironmentAction.Stop>();
    }

    [TestMethod]
    public void A_second_change_is_refused_and_the_first_goes_on()
    {
        Waiting(Connect());
        var first = _step.State.Change;
        Happens(new EnvironmentEvent.ChangeAsked(_at, Disconnect(), TimeSpan.FromMinutes(30), Expected: null));
        Answers<ChangeAnswer.Busy>();
        Assert.AreEqual(first, _step.State.Change);
    }

    [TestMethod]
    public void What_is_watched_is_asked_often_while_it_moves_and_seldom_at_rest()
    {
        _step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(_at));
        Assert.AreEqual(TimeSpan.Zero, Does<EnvironmentAction.Ask>().After);
        Happens(Seen("CONNECTED", 0, "cpu"));
        Assert.AreEqual(TimeSpan.FromSeconds(30), Does<EnvironmentAction.Ask>().After);
        Happens(Seen("DISCONNECTING", 1, "cpu"));
        Assert.IsTrue(Does<EnvironmentAction.Ask>().After < TimeSpan.FromSeconds(3));
        Happens(NotSeen(Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(77))));
        Assert.AreEqual(TimeSpan.FromSeconds(77), Does<EnvironmentAction.Ask>().After);
        Happens(new EnvironmentEvent.Unwatched(_at));
        Does<EnvironmentAction.Stop>();
    }

    [TestMethod]
    public void Watching_goes_on_when_a_change_is_over()
    {
        _step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(_at));
        Happens(new EnvironmentEvent.ChangeAsked(_at, Connect(), TimeSpan.FromMinutes(30), Expected: null));
        Happens(Seen("DISCONNECTED"));
        Happens(new EnvironmentEvent.Accepted(_at));
        Happens(Seen("CONNECTED", 1, "h100-8x"));
        Answers<ChangeAnswer.Done>();
        Does<EnvironmentAction.Ask>();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Before_it_is_sent_leaving_means_that_nothing_was(bool cancelled)
    {
        Begin(Connect());
        Leaves(cancelled);
        Does<EnvironmentAction.Stop>();
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Left>().Outcome);
    }

    [TestMethod]
    public void Leaving_while_it_is_on_its_way_answers_at_once_and_waits_for_its_end()
    {
        Sent(Connect());
        Leaves(cancelled: true);
        Does<EnvironmentAction.Nothing>();
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Left>().Outcome);
        Happens(new EnvironmentEvent.Accepted(_at));
        Does<EnvironmentAction.Stop>();
        Assert.IsNull(_step.Answer, "the caller has had its answer");
    }

    [TestMethod]
    public void Leaving_while_it_is_under_way_says_what_the_gateway_last_said()
    {
        Waiting(Connect());
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Leaves(cancelled: false);
        var answer = Answers<ChangeAnswer.Left>();
        Assert.AreEqual(Outcomes.Unknown, answer.Outcome);
        Assert.AreEqual("CONNECTING", answer.Environment!.State);
    }

    [TestMethod]
    public void An_environment_that_is_gone_ends_both()
    {
        Waiting(Connect());
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);

        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.AreEqual(Outcomes.Applied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    private void Begin(Change change, TimeSpan? timeout = null)
    {
        _at = TimeSpan.Zero;
        _step = EnvironmentMachine.Next(
            new EnvironmentState(), new EnvironmentEvent.ChangeAsked(_at, change, timeout ?? TimeSpan.FromMinutes(30), Expected: null));
    }

    private void Sent(Change change, string state = "DISCONNECTED", string? pool = null, TimeSpan? timeout = null)
    {
        Begin(change, timeout);
        Happens(Seen(state, 0, pool));
        Does<EnvironmentAction.Send>();
    }

    private void Waiting(Change change, string state = "DISCONNECTED", string? pool = null)
    {
        Sent(change, state, pool);
        Happens(new EnvironmentEvent.Accepted(_at));
    }

    private void Leaves(bool cancelled)
    {
        var change = _step.State.Change!.Asked;
        Happens(cancelled ? new EnvironmentEvent.Cancelled(_at, change) : new EnvironmentEvent.TimedOut(_at, change));
    }

    private EnvironmentEvent.Observed Seen(string state, int changed = 0, string? pool = null, StatusInfo? status = null) =>
        new(_at, Environment(state, changed, pool, status: status), AskedAt: _at);

    private EnvironmentEvent.NotObserved NotSeen(GatewayException fault) => new(_at, fault);

    private void Happens(EnvironmentEvent happened) => _step = EnvironmentMachine.Next(_step.State, happened);

    private T Does<T>()
        where T : EnvironmentAction => Assert.IsInstanceOfType<T>(_step.Action);

    private T Answers<T>()
        where T : ChangeAnswer => Assert.IsInstanceOfType<T>(_step.Answer);
}
