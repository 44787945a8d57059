using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Environments;

/// <summary>What a single unexpected, late, or outdated response must not make the machine report.</summary>
[TestClass]
public sealed class EnvironmentMachineClaimTests : EnvironmentMachineFixture
{
    private static readonly StatusInfo Failure = new() { Code = "INTERNAL" };

    [TestMethod]
    [DataRow("DISCONNECTED", 1, null, "RESOURCE_EXHAUSTED", DisplayName = "failed")]
    [DataRow("CONNECTED", 1, "cpu", null, DisplayName = "on another node pool")]
    [DataRow("DELETING", 1, null, null, DisplayName = "being deleted")]
    public void Contradictions_of_an_accepted_connect_are_ignored_until_replicas_are_current(string state, int changed, string? pool, string? failure)
    {
        var contrary = Environment(state, changed, pool, status: failure is null ? null : new StatusInfo { Code = failure });
        Waiting(Connect());
        var believed = At + EnvironmentMachine.SettleWindow;
        while (At + TimeSpan.FromSeconds(1) < believed)
        {
            Happens(Seen(contrary));
            Assert.IsNull(Step.Answer);
            At += TimeSpan.FromSeconds(0.5);
        }

        At = believed - TimeSpan.FromTicks(1); // the response arrives later, but the read was sent too early
        Happens(Seen(contrary));
        Assert.IsNull(Step.Answer);
        At = believed;
        Happens(Seen(contrary));
        Assert.IsNotNull(Step.Answer);
    }

    [TestMethod]
    public void The_previous_state_proves_nothing_about_an_accepted_connect_until_it_has_changed()
    {
        Waiting(Connect());
        var accepted = At;
        SeenUntilAnswered(Environment("DISCONNECTED", 1)); // for example, renamed
        Answers<ChangeAnswer.NothingHappened>();
        Assert.IsTrue(At - accepted >= EnvironmentMachine.AcceptedWindow);

        Waiting(Connect());
        Happens(Seen("CONNECTING", 1, "h100-8x"));
        SeenUntilAnswered(Environment("DISCONNECTED", 2));
        Answers<ChangeAnswer.SettledElsewhere>();
    }

    [TestMethod]
    public void The_previous_state_proves_nothing_about_an_accepted_disconnect_until_it_has_changed()
    {
        Waiting(Disconnect(), "CONNECTED", "cpu");
        SeenUntilAnswered(Environment("CONNECTED", 1, "cpu"));
        Answers<ChangeAnswer.NothingHappened>();

        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(Seen("DISCONNECTING", 1, "cpu"));
        SeenUntilAnswered(Environment("CONNECTED", 2, "cpu"));
        Answers<ChangeAnswer.SettledElsewhere>();
    }

    [TestMethod]
    public void A_response_to_an_earlier_read_is_ignored_in_any_phase()
    {
        Begin(Connect());
        At += TimeSpan.FromSeconds(1);
        Happens(Old("DISCONNECTED"));
        Does<EnvironmentAction.Ask>();
        Happens(Seen("DISCONNECTED"));
        Does<EnvironmentAction.Send>();

        Happens(new EnvironmentEvent.Accepted(At));
        Happens(Old("CONNECTED", "h100-8x"));
        Does<EnvironmentAction.Ask>();
        Assert.IsNull(Step.Answer);

        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(Old("CONNECTED", "h100-8x"));
        Does<EnvironmentAction.Ask>();
        Assert.IsNull(Step.Answer);
    }

    [TestMethod]
    public void An_accepted_connect_with_other_details_is_done_and_lists_them()
    {
        Waiting(Connect());
        Happens(Seen(Environment("CONNECTED", 1, "h100-8x", ranks: 16)));
        var difference = Answers<ChangeAnswer.Done>().Environment.Differences!.Single();
        Assert.AreEqual(new ConnectionDifference { Member = "numRanks", Requested = "8", Actual = "16" }, difference);
        Assert.IsNull(Step.State.Now!.Differences, "what is known of the environment itself has none");
    }

    [TestMethod]
    public void An_identical_connection_has_no_differences()
    {
        Waiting(Connect());
        Happens(Seen("CONNECTED", 1, "h100-8x"));
        Assert.IsNull(Answers<ChangeAnswer.Done>().Environment.Differences);
    }

    [TestMethod]
    [DataRow("h100-8x", 16, DisplayName = "other details")]
    [DataRow("cpu", 8, DisplayName = "another node pool")]
    public void A_connect_with_a_lost_response_is_unknown_if_someone_else_may_have_connected(string pool, int ranks)
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        SeenUntilAnswered(Environment("CONNECTED", 1, pool, ranks));
        Assert.IsNotNull(Answers<ChangeAnswer.Unclear>().Fault);

        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        Happens(Seen("CONNECTING", 1, pool));
        SeenUntilAnswered(Environment("CONNECTED", 2, pool, ranks));
        Assert.IsNotNull(Answers<ChangeAnswer.Unclear>().Fault);
    }

    [TestMethod]
    public void A_change_accepted_on_the_second_attempt_is_not_affected_by_the_first()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, NotSent()));
        At += Does<EnvironmentAction.Ask>().After;
        Happens(Seen("DISCONNECTED"));
        Happens(new EnvironmentEvent.Accepted(At));
        Happens(Seen(Environment("CONNECTED", 1, "h100-8x", ranks: 16)));
        Answers<ChangeAnswer.Done>();
    }

    [TestMethod]
    public void An_accepted_connect_that_ends_on_another_node_pool_is_unknown()
    {
        Waiting(Connect());
        SeenUntilAnswered(Environment("CONNECTED", 1, "cpu"));
        var answer = Answers<ChangeAnswer.Unclear>();
        Assert.AreEqual("cpu", answer.Environment.Connection!.NodePoolId);
        Assert.IsNull(answer.Fault);
    }

    [TestMethod]
    public void A_connection_that_came_and_went_after_a_lost_response_is_unknown()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, Lost()));
        SeenUntilAnswered(Environment("DISCONNECTED", 1));
        Answers<ChangeAnswer.Unclear>();
    }

    [TestMethod]
    public void A_connect_that_was_never_sent_is_not_applied_whatever_the_state()
    {
        Sent(Connect());
        Happens(new EnvironmentEvent.NotAccepted(At, NotSent()));
        Happens(Seen("CONNECTED", 1, "cpu"));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
    }

    [TestMethod]
    public void A_previous_failure_proves_nothing()
    {
        Begin(Disconnect());
        Happens(Seen("CONNECTED", 0, "cpu", Failure));
        Happens(new EnvironmentEvent.Accepted(At));
        SeenUntilAnswered(Environment("CONNECTED", 1, "cpu", status: Failure));
        Answers<ChangeAnswer.NothingHappened>();
    }

    [TestMethod]
    public void Nothing_is_sent_after_an_invalid_response_to_the_first_read()
    {
        Begin(Connect());
        Happens(NotSeen(new GatewayException(GoogleRpcCode.Unknown, FaultKind.InvalidResponse, "not the JSON that was requested")));
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Faulted>().Outcome);
        Does<EnvironmentAction.Stop>();
    }

    [TestMethod]
    public void A_list_that_is_not_found_does_not_remove_its_environments()
    {
        Step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(At));
        Happens(Seen("CONNECTED", 1, "cpu"));
        var fault = new GatewayException(GoogleRpcCode.NotFound, FaultKind.ErrorResponse, "no such account") { HttpStatus = 404, Call = "ListEnvironments" };
        Happens(new EnvironmentEvent.ListObserved(NotSeen(fault)));
        Assert.AreEqual("CONNECTED", Step.State.Now!.State);
    }

    [TestMethod]
    public void A_missing_environment_is_forgotten()
    {
        Step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(At));
        Happens(Seen("CONNECTED", 1, "cpu"));
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.IsNull(Step.State.Now);
        Happens(new EnvironmentEvent.ChangeRequested(At, Disconnect(), TimeSpan.FromMinutes(30), Expected: null));
        Happens(NotSeen(Lost()));
        Assert.IsNull(Answers<ChangeAnswer.Faulted>().Environment);

        Waiting(Disconnect(), "CONNECTED", "cpu");
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Assert.IsNull(Step.State.Now);
    }

    private EnvironmentEvent.Observed Old(string state, string? pool = null) =>
        new(At, Environment(state, pool: pool), RequestedAt: Step.State.Change!.PhaseBegan - TimeSpan.FromTicks(1));
}
