using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Environments;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Environments;

/// <summary>Each row of the state machine: the event, the next action, and the caller's result.</summary>
[TestClass]
public sealed class EnvironmentMachineTests : EnvironmentMachineFixture
{
    [TestMethod]
    public void It_looks_first_then_sends_once_then_asks_until_it_rests()
    {
        Begin(Connect());
        Does<EnvironmentAction.Ask>();
        Happens(Seen("DISCONNECTED"));
        Does<EnvironmentAction.Send>();
        Happens(new EnvironmentEvent.Accepted(At));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Does<EnvironmentAction.Ask>();
        Assert.IsNull(Step.Answer, "{} means accepted, not connected");
        Happens(Seen("CONNECTED", 2, "h100-8x"));
        Assert.AreEqual("CONNECTED", Answers<ChangeAnswer.Done>().Environment.State);
    }

    [TestMethod]
    public void Accepted_is_enough_for_a_caller_who_says_so_and_still_the_state_is_the_gateways()
    {
        Sent(Connect(Wait.Accepted));
        Happens(new EnvironmentEvent.Accepted(At));
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Assert.AreEqual("CONNECTING", Answers<ChangeAnswer.Done>().Environment.State);
    }

    [TestMethod]
    public void What_cannot_be_lookedAt_is_not_sent()
    {
        Begin(Connect());
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(GoogleRpcCode.NotFound, answer.Fault.Code);
    }

    [TestMethod]
    public void A_gateway_that_cannot_be_askedAt_first_is_sent_nothing()
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
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(status, code)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(code, answer.Fault.Code);
    }

    [TestMethod]
    public void A_refusal_for_the_state_is_told_with_that_state()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(400, GoogleRpcCode.FailedPrecondition)));
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
            Happens(new EnvironmentEvent.NotAccepted(At, NotSent()));
            At += Does<EnvironmentAction.Ask>().After;
            Happens(Seen("DISCONNECTED"));
            Does<EnvironmentAction.Send>();
        }

        Happens(new EnvironmentEvent.NotAccepted(At, NotSent()));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_429_with_Retry_After_is_sent_again_after_that_time()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(17))));
        Assert.AreEqual(TimeSpan.FromSeconds(17), Does<EnvironmentAction.Ask>().After);
        At += TimeSpan.FromSeconds(17);
        Happens(Seen("DISCONNECTED"));
        Does<EnvironmentAction.Send>();
        Assert.AreEqual(2, Step.State.Change!.Sent);
    }

    [TestMethod]
    [DataRow(120, DisplayName = "longer than anybody likes to wait")]
    [DataRow(50, DisplayName = "longer than the caller's time")]
    public void A_429_that_asks_for_too_much_is_told(int seconds)
    {
        Sent(Connect(), timeout: TimeSpan.FromSeconds(45));
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(seconds))));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 1, null, DisplayName = "somebody connected and disconnected it")]
    [DataRow("CONNECTED", 1, "cpu", DisplayName = "somebody connected it elsewhere")]
    public void Nothing_is_sent_again_when_somebody_else_changed_the_environment(string state, int changed, string? pool)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(1))));
        Happens(Seen(state, changed, pool));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_503_is_sent_again_only_after_the_window_in_which_it_might_still_take_effect()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(503, GoogleRpcCode.Unavailable)));
        var began = At;
        while (Step.Action is EnvironmentAction.Ask ask)
        {
            At += ask.After;
            Happens(Seen("DISCONNECTED"));
        }

        Does<EnvironmentAction.Send>();
        Assert.IsTrue(At - began >= EnvironmentMachine.SettleWindow);
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
        Happens(new EnvironmentEvent.NotAccepted(At, fault));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTED", 2, "h100-8x"));
        Assert.AreEqual("CONNECTED", Answers<ChangeAnswer.Done>().Environment.State);

        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, fault));
        var lost = At;
        SeenUntilAnswered(Environment("DISCONNECTED"));
        Assert.IsTrue(At - lost >= EnvironmentMachine.SettleWindow, "a late effect has had its time");
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void What_cannot_be_settled_is_unknown()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(NotSeen(Lost()));
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow(401, GoogleRpcCode.Unauthenticated)]
    [DataRow(403, GoogleRpcCode.PermissionDenied)]
    [DataRow(400, GoogleRpcCode.InvalidArgument)]
    public void What_cannot_be_settled_names_the_refusal_to_look(int httpStatus, GoogleRpcCode code)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(NotSeen(Answered(httpStatus, code)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual((Outcomes.Unknown, code), (answer.Outcome, answer.Fault.Code));
    }

    [TestMethod]
    public void Silence_while_settling_keeps_the_fault_of_the_change()
    {
        Sent(Connect());
        var fault = Answered(503, GoogleRpcCode.Unavailable);
        Happens(new EnvironmentEvent.NotAccepted(At, fault));
        Happens(NotSeen(Answered(503, GoogleRpcCode.Unavailable)));
        Assert.AreSame(fault, Answers<ChangeAnswer.Faulted>().Fault);
    }

    [TestMethod]
    public void A_connect_that_settles_disconnected_failed()
    {
        Waiting(Connect());
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        SeenUntilAnswered(Environment("DISCONNECTED", 2, status: new StatusInfo { Code = "RESOURCE_EXHAUSTED" }));
        Assert.AreEqual("RESOURCE_EXHAUSTED", Answers<ChangeAnswer.SettledElsewhere>().Environment.Status!.Code);
    }

    [TestMethod]
    public void A_disconnect_that_settles_connected_failed()
    {
        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(Seen("DISCONNECTING", 1, "cpu"));
        SeenUntilAnswered(Environment("CONNECTED", 2, "cpu", status: new StatusInfo { Code = "INTERNAL" }));
        Answers<ChangeAnswer.SettledElsewhere>();
    }

    [TestMethod]
    public void An_accepted_change_that_nothing_comes_of_ends()
    {
        Waiting(Connect());
        var accepted = At;
        SeenUntilAnswered(Environment("DISCONNECTED"));
        Assert.IsTrue(At - accepted >= EnvironmentMachine.AcceptedWindow);
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
        Happens(new EnvironmentEvent.SignedOut(At));
        Assert.AreEqual(LeaveReason.SignedOut, Answers<ChangeAnswer.Left>().Reason);
        Does<EnvironmentAction.Stop>();
    }

    [TestMethod]
    public void A_second_change_is_refused_and_the_first_goes_on()
    {
        Waiting(Connect());
        var first = Step.State.Change;
        Happens(new EnvironmentEvent.ChangeRequested(At, Disconnect(), TimeSpan.FromMinutes(30), Expected: null));
        Answers<ChangeAnswer.Busy>();
        Assert.AreEqual(first, Step.State.Change);
    }

    [TestMethod]
    public void Leaving_while_it_is_on_its_way_answersAt_once_and_waits_for_its_end()
    {
        Sent(Connect());
        Leaves(cancelled: true);
        Does<EnvironmentAction.Nothing>();
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Left>().Outcome);
        Happens(new EnvironmentEvent.Accepted(At));
        Does<EnvironmentAction.Stop>();
        Assert.IsNull(Step.Answer, "the caller has had its answer");
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
}
