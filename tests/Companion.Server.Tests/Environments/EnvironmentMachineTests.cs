using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Environments;

/// <summary>Each row of the state machine: the event, the next action, and the caller's result.</summary>
[TestClass]
public sealed class EnvironmentMachineTests : EnvironmentMachineFixture
{
    [TestMethod]
    public void It_reads_then_sends_once_then_reads_until_settled()
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
    public void A_caller_can_wait_for_acceptance_only_and_gets_the_gateways_state()
    {
        Sent(Connect(Wait.Accepted));
        Happens(new EnvironmentEvent.Accepted(At));
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Assert.AreEqual("CONNECTING", Answers<ChangeAnswer.Done>().Environment.State);
    }

    [TestMethod]
    [DataRow("CONNECTED", 0, "h100-8x", true)]
    [DataRow("CONNECTED", 1, "h100-8x", false)]
    [DataRow("CONNECTED", 0, "cpu", false)]
    [DataRow("DISCONNECTED", 0, null, false)]
    public void A_disconnect_of_one_connection_is_not_sent_to_another(string state, int changed, string? pool, bool isSent)
    {
        Begin(Disconnect() with { Only = ConnectionFingerprint.Of(Environment("CONNECTED", 0, "h100-8x")) });
        Happens(Seen(state, changed, pool));
        if (isSent)
        {
            Does<EnvironmentAction.Send>();
            return;
        }

        Does<EnvironmentAction.Stop>();
        Assert.AreEqual(state, Answers<ChangeAnswer.Withheld>().Environment.State);
        Assert.IsNull(Step.State.Change);
    }

    [TestMethod]
    public void Nothing_is_sent_if_the_state_cannot_be_read()
    {
        Begin(Connect());
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(GoogleRpcCode.NotFound, answer.Fault.Code);
    }

    [TestMethod]
    public void Nothing_is_sent_if_the_first_read_fails()
    {
        Begin(Connect());
        Assert.AreEqual(EnvironmentMachine.AskBudget, Does<EnvironmentAction.Ask>().Budget);
        Happens(NotSeen(Answered(503, GoogleRpcCode.Unavailable)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual((Outcomes.NotApplied, true, true), (answer.Outcome, answer.IsUnsent, answer.IsOutdated));
    }

    [TestMethod]
    public void A_request_that_never_left_this_machine_counts_as_not_sent()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, NotSent()));
        Happens(NotSeen(NotSent()));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual((Outcomes.NotApplied, true), (answer.Outcome, answer.IsUnsent));
    }

    [TestMethod]
    public void A_rejection_was_sent_and_its_state_is_known_only_after_a_new_read()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(400, GoogleRpcCode.FailedPrecondition)));
        Happens(NotSeen(Lost()));
        var unread = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual((false, true), (unread.IsUnsent, unread.IsOutdated));

        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(400, GoogleRpcCode.FailedPrecondition)));
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        var read = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual((false, false), (read.IsUnsent, read.IsOutdated));
    }

    [TestMethod]
    [DataRow(false, DisplayName = "before the request")]
    [DataRow(true, DisplayName = "after a rejection")]
    public void Leaving_reports_whether_anything_was_sent(bool isRejected)
    {
        Begin(Connect());
        if (isRejected)
        {
            Sent(Connect());
            Happens(new EnvironmentEvent.NotAccepted(At, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(20))));
        }

        Leaves(cancelled: true);
        var answer = Answers<ChangeAnswer.Left>();
        Assert.AreEqual((Outcomes.NotApplied, !isRejected), (answer.Outcome, answer.IsUnsent));
    }

    [TestMethod]
    [DataRow(400, GoogleRpcCode.InvalidArgument)]
    [DataRow(401, GoogleRpcCode.Unauthenticated)]
    [DataRow(403, GoogleRpcCode.PermissionDenied)]
    [DataRow(404, GoogleRpcCode.NotFound)]
    [DataRow(429, GoogleRpcCode.ResourceExhausted)]
    [DataRow(501, GoogleRpcCode.Unimplemented)]
    public void A_rejection_is_reported_unchanged(int status, GoogleRpcCode code)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(status, code)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(code, answer.Fault.Code);
    }

    [TestMethod]
    public void A_rejection_because_of_the_state_is_reported_with_that_state()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(400, GoogleRpcCode.FailedPrecondition)));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("CONNECTING", 1, "cpu"));
        Assert.AreEqual("CONNECTING", Answers<ChangeAnswer.Faulted>().Environment!.State);
    }

    [TestMethod]
    public void A_request_that_was_never_sent_is_retried_a_few_times_if_nothing_has_changed()
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
    public void A_change_is_sent_again_after_a_429_with_Retry_After()
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
    public void A_429_with_a_long_wait_is_reported(int seconds)
    {
        Sent(Connect(), timeout: TimeSpan.FromSeconds(45));
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(seconds))));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow("DISCONNECTED", 1, null, DisplayName = "somebody connected and disconnected it")]
    [DataRow("CONNECTED", 1, "cpu", DisplayName = "somebody connected it elsewhere")]
    public void Nothing_is_sent_again_if_someone_else_changed_the_environment(string state, int changed, string? pool)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(1))));
        Happens(Seen(state, changed, pool));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_change_is_sent_again_after_a_503_only_when_it_can_no_longer_take_effect()
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
    public void After_an_ambiguous_response_the_state_is_read_and_nothing_is_sent_again(int status, GoogleRpcCode code)
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
    public void A_lost_change_that_only_looked_under_way_had_no_effect()
    {
        Sent(Disconnect(), "CONNECTING", pool: "h100-8x");
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        SeenUntilAnswered(Environment("CONNECTING", 0, "h100-8x"));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void An_unsettled_change_is_unknown()
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
    public void An_unsettled_change_reports_why_the_state_cannot_be_read(int httpStatus, GoogleRpcCode code)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(NotSeen(Answered(httpStatus, code)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual((Outcomes.Unknown, code), (answer.Outcome, answer.Fault.Code));
    }

    [TestMethod]
    public void Missing_responses_while_settling_keep_the_fault_of_the_change()
    {
        Sent(Connect());
        var fault = Answered(503, GoogleRpcCode.Unavailable);
        Happens(new EnvironmentEvent.NotAccepted(At, fault));
        Happens(NotSeen(Answered(503, GoogleRpcCode.Unavailable)));
        Assert.AreSame(fault, Answers<ChangeAnswer.Faulted>().Fault);
    }

    [TestMethod]
    public void A_connect_that_settles_as_disconnected_has_failed()
    {
        Waiting(Connect());
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        SeenUntilAnswered(Environment("DISCONNECTED", 2, status: new StatusInfo { Code = "RESOURCE_EXHAUSTED" }));
        Assert.AreEqual("RESOURCE_EXHAUSTED", Answers<ChangeAnswer.SettledElsewhere>().Environment.Status!.Code);
    }

    [TestMethod]
    public void A_disconnect_that_settles_as_connected_has_failed()
    {
        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(Seen("DISCONNECTING", 1, "cpu"));
        SeenUntilAnswered(Environment("CONNECTED", 2, "cpu", status: new StatusInfo { Code = "INTERNAL" }));
        Answers<ChangeAnswer.SettledElsewhere>();
    }

    [TestMethod]
    public void An_accepted_change_without_effect_ends()
    {
        Waiting(Connect());
        var accepted = At;
        SeenUntilAnswered(Environment("DISCONNECTED"));
        Assert.IsTrue(At - accepted >= EnvironmentMachine.AcceptedWindow);
        Answers<ChangeAnswer.NothingHappened>();
    }

    [TestMethod]
    public void Without_responses_after_acceptance_the_outcome_is_unknown()
    {
        Waiting(Connect());
        Assert.AreEqual(EnvironmentMachine.WaitingBudget, Does<EnvironmentAction.Ask>().Budget);
        Happens(NotSeen(Lost()));
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void Signing_out_ends_the_waiting()
    {
        Waiting(Connect());
        Happens(new EnvironmentEvent.SignedOut(At));
        Assert.AreEqual(LeaveReason.SignedOut, Answers<ChangeAnswer.Left>().Reason);
        Does<EnvironmentAction.Stop>();
    }

    [TestMethod]
    public void A_second_change_is_refused_and_the_first_continues()
    {
        Waiting(Connect());
        var first = Step.State.Change;
        Happens(new EnvironmentEvent.ChangeRequested(At, Disconnect(), TimeSpan.FromMinutes(30), Expected: null));
        Answers<ChangeAnswer.Busy>();
        Assert.AreEqual(first, Step.State.Change);
    }

    [TestMethod]
    public void Leaving_during_a_request_responds_at_once_and_awaits_its_end()
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
    public void Leaving_during_a_change_reports_the_last_state()
    {
        Waiting(Connect());
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Leaves(cancelled: false);
        var answer = Answers<ChangeAnswer.Left>();
        Assert.AreEqual(Outcomes.Unknown, answer.Outcome);
        Assert.AreEqual("CONNECTING", answer.Environment!.State);
    }

    [TestMethod]
    public void A_missing_environment_ends_both_changes()
    {
        Waiting(Connect());
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);

        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.AreEqual(Outcomes.Applied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow("connect", "DISCONNECTED", Outcomes.NotApplied)]
    [DataRow("disconnect", "CONNECTED", Outcomes.Applied)]
    public void A_missing_environment_is_trusted_only_once_a_change_whose_response_was_lost_cannot_take_effect(string verb, string state, string outcome)
    {
        Sent(verb == "connect" ? Connect() : Disconnect(), state);
        var lost = At;
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        while (Step.Answer is null)
        {
            At += Does<EnvironmentAction.Ask>().After;
            Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        }

        Assert.AreEqual(outcome, Answers<ChangeAnswer.Faulted>().Outcome);
        Assert.IsTrue(At - lost >= EnvironmentMachine.SettleWindow);

        Sent(Disconnect(), "DELETING");
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.AreEqual(Outcomes.Applied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow(8, true)]
    [DataRow(null, false)]
    public void After_a_lost_response_a_connect_is_in_effect_only_if_its_ranks_are_shown(int? ranks, bool isDone)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        SeenUntilAnswered(Environment("CONNECTED", 1, "h100-8x") with { Connection = new ConnectionInfo { NodePoolId = "h100-8x", NumRanks = ranks } });
        Assert.AreEqual(isDone, Step.Answer is ChangeAnswer.Done);
        Assert.AreEqual(isDone, Step.Answer is not ChangeAnswer.Unclear);

        Waiting(Connect());
        SeenUntilAnswered(Environment("CONNECTED", 1, "h100-8x") with { Connection = new ConnectionInfo { NodePoolId = "h100-8x", NumRanks = ranks } });
        Answers<ChangeAnswer.Done>();
    }
}
