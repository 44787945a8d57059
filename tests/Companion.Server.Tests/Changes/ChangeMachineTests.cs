using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Changes;

/// <summary>Each row of the machine: what happened, what is done next, and what the caller is told.</summary>
[TestClass]
public sealed class ChangeMachineTests
{
    private TimeSpan _at;
    private ChangeStep _step;

    [TestMethod]
    public void It_looks_first_then_sends_once_then_asks_until_it_rests()
    {
        Begin(Connect());
        Does<ChangeAction.Ask>();
        Happens(Seen("DISCONNECTED"));
        Does<ChangeAction.Send>();
        Happens(new ChangeEvent.Accepted(_at));
        Does<ChangeAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Does<ChangeAction.Ask>();
        Assert.IsNull(_step.Answer, "{} means accepted, not connected");
        Happens(Seen("CONNECTED", 2, "h100-8x"));
        Assert.AreEqual("CONNECTED", Answers<ChangeAnswer.Done>().Environment.State);
    }

    [TestMethod]
    public void Accepted_is_enough_for_a_caller_who_says_so_and_still_the_state_is_the_gateways()
    {
        Sent(Connect(Wait.Accepted));
        Happens(new ChangeEvent.Accepted(_at));
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
    public void A_gateway_that_does_not_answer_at_first_is_asked_again_within_a_budget()
    {
        Begin(Connect());
        var asked = 0;
        for (; _step.Answer is null; asked++)
        {
            _at += ((ChangeAction.Ask)_step.Action).After;
            Happens(NotSeen(Answered(503, GoogleRpcCode.Unavailable)));
        }

        Assert.IsTrue(asked is > 5 and < 20, $"asked {asked} times");
        Assert.IsTrue(_at <= ChangeMachine.AskBudget);
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void Retry_after_is_honoured()
    {
        Begin(Connect());
        Happens(NotSeen(Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(17))));
        Assert.AreEqual(TimeSpan.FromSeconds(17), ((ChangeAction.Ask)_step.Action).After);
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
        Happens(new ChangeEvent.NotAccepted(_at, Answered(status, code)));
        var answer = Answers<ChangeAnswer.Faulted>();
        Assert.AreEqual(Outcomes.NotApplied, answer.Outcome);
        Assert.AreEqual(code, answer.Fault.Code);
    }

    [TestMethod]
    public void A_refusal_for_the_state_is_told_with_that_state()
    {
        Sent(Connect());
        Happens(new ChangeEvent.NotAccepted(_at, Answered(400, GoogleRpcCode.FailedPrecondition)));
        Does<ChangeAction.Ask>();
        Happens(Seen("CONNECTING", 1, "cpu"));
        Assert.AreEqual("CONNECTING", Answers<ChangeAnswer.Faulted>().Environment!.State);
    }

    [TestMethod]
    public void A_request_that_never_left_was_not_applied()
    {
        Sent(Connect());
        Happens(new ChangeEvent.NotAccepted(_at, NotSent()));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow(408, GoogleRpcCode.DeadlineExceeded)]
    [DataRow(409, GoogleRpcCode.Aborted)]
    [DataRow(500, GoogleRpcCode.Internal)]
    [DataRow(502, GoogleRpcCode.Unavailable)]
    [DataRow(503, GoogleRpcCode.Unavailable)]
    [DataRow(504, GoogleRpcCode.DeadlineExceeded)]
    [DataRow(0, GoogleRpcCode.Unavailable, DisplayName = "lost")]
    public void An_ambiguous_answer_is_settled_by_asking_and_nothing_is_sent_again(int status, GoogleRpcCode code)
    {
        var fault = status == 0 ? Lost() : Answered(status, code);

        Sent(Connect());
        Happens(new ChangeEvent.NotAccepted(_at, fault));
        Does<ChangeAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Does<ChangeAction.Ask>();
        Happens(Seen("CONNECTED", 2, "h100-8x"));
        Assert.AreEqual("CONNECTED", Answers<ChangeAnswer.Done>().Environment.State);

        Sent(Connect());
        Happens(new ChangeEvent.NotAccepted(_at, fault));
        while (_step.Answer is null)
        {
            Does<ChangeAction.Ask>();
            _at += ((ChangeAction.Ask)_step.Action).After;
            Happens(Seen("DISCONNECTED"));
        }

        Assert.IsTrue(_at >= ChangeMachine.SettleWindow, "a late effect has had its time");
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void What_cannot_be_settled_is_unknown()
    {
        Sent(Connect());
        Happens(new ChangeEvent.NotAccepted(_at, Lost()));
        while (_step.Answer is null)
        {
            _at += ((ChangeAction.Ask)_step.Action).After;
            Happens(NotSeen(Lost()));
        }

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
            _at += ((ChangeAction.Ask)_step.Action).After;
            Happens(Seen("DISCONNECTED"));
        }

        Assert.IsTrue(_at >= ChangeMachine.AcceptedWindow);
        Answers<ChangeAnswer.NothingHappened>();
    }

    [TestMethod]
    public void One_poll_that_fails_changes_nothing_and_a_long_silence_ends_in_unknown()
    {
        Waiting(Connect());
        _at += TimeSpan.FromMinutes(20);
        Happens(NotSeen(Lost()));
        Does<ChangeAction.Ask>();
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        Assert.IsNull(_step.State.FailingSince);
        while (_step.Answer is null)
        {
            _at += ((ChangeAction.Ask)_step.Action).After;
            Happens(NotSeen(Lost()));
        }

        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Before_it_is_sent_leaving_means_that_nothing_was(bool cancelled)
    {
        Begin(Connect());
        Leaves(cancelled);
        Does<ChangeAction.Stop>();
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Left>().Outcome);
    }

    [TestMethod]
    public void Leaving_while_it_is_on_its_way_answers_at_once_and_waits_for_its_end()
    {
        Sent(Connect());
        Leaves(cancelled: true);
        Does<ChangeAction.AwaitAnswer>();
        Assert.AreEqual(Outcomes.Unknown, Answers<ChangeAnswer.Left>().Outcome);
        Happens(new ChangeEvent.Accepted(_at));
        Does<ChangeAction.Stop>();
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

    private void Begin(Change change)
    {
        _at = TimeSpan.Zero;
        _step = ChangeMachine.Begin(change);
    }

    private void Sent(Change change, string state = "DISCONNECTED", string? pool = null)
    {
        Begin(change);
        Happens(Seen(state, 0, pool));
        Does<ChangeAction.Send>();
    }

    private void Waiting(Change change, string state = "DISCONNECTED", string? pool = null)
    {
        Sent(change, state, pool);
        Happens(new ChangeEvent.Accepted(_at));
    }

    private void Leaves(bool cancelled) => Happens(cancelled ? new ChangeEvent.Cancelled(_at) : new ChangeEvent.TimedOut(_at));

    private ChangeEvent.Observed Seen(string state, int changed = 0, string? pool = null, StatusInfo? status = null) =>
        new(_at, Environment(state, changed, pool, status: status));

    private ChangeEvent.NotObserved NotSeen(GatewayException fault) => new(_at, fault);

    private void Happens(ChangeEvent happened) => _step = ChangeMachine.Next(_step.State, happened);

    private void Does<T>()
        where T : ChangeAction => Assert.IsInstanceOfType<T>(_step.Action);

    private T Answers<T>()
        where T : ChangeAnswer => Assert.IsInstanceOfType<T>(_step.Answer);
}
