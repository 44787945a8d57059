using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Pacing;
using static Companion.Server.Tests.Support.Samples;

namespace Companion.Server.Tests.Environments;

/// <summary>The rows of the state machine for environments that are only watched.</summary>
[TestClass]
public sealed class EnvironmentMachineWatchTests : EnvironmentMachineFixture
{
    [TestMethod]
    public void A_watched_environment_is_read_often_while_changing_and_seldom_when_settled()
    {
        Step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(At));
        Assert.AreEqual(TimeSpan.Zero, Does<EnvironmentAction.Ask>().After);
        Happens(Seen("CONNECTED", 0, "cpu"));
        Assert.AreEqual(TimeSpan.FromSeconds(30), Does<EnvironmentAction.Ask>().After);
        Happens(Seen("DISCONNECTING", 1, "cpu"));
        Assert.IsTrue(Does<EnvironmentAction.Ask>().After < TimeSpan.FromSeconds(3));
        Happens(NotSeen(Answered(429, GoogleRpcCode.ResourceExhausted, TimeSpan.FromSeconds(77))));
        Assert.AreEqual(TimeSpan.FromSeconds(77), Does<EnvironmentAction.Ask>().After);
        Happens(new EnvironmentEvent.Unwatched(At));
        Does<EnvironmentAction.Stop>();
    }

    [TestMethod]
    public void A_failed_read_of_a_changing_environment_is_repeated_soon()
    {
        Watched();
        for (var looks = 1; looks <= 20; looks++)
            Happens(Seen("CONNECTING", 1));
        foreach (var seconds in (double[])[5, 10, 20])
        {
            Happens(NotSeen(Answered(502, GoogleRpcCode.Unavailable)));
            Assert.AreEqual(TimeSpan.FromSeconds(seconds), Does<EnvironmentAction.Ask>().After);
        }

        Happens(Seen("CONNECTING", 1));
        Assert.AreEqual(PollDelays.Watch(Step.State.Now, 21, fault: null).Soon, Does<EnvironmentAction.Ask>().After);
        Happens(NotSeen(Answered(502, GoogleRpcCode.Unavailable)));
        Assert.AreEqual(TimeSpan.FromSeconds(5), Does<EnvironmentAction.Ask>().After);
    }

    [TestMethod]
    public void Watching_continues_after_a_change()
    {
        Step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(At));
        Happens(new EnvironmentEvent.ChangeRequested(At, Connect(), TimeSpan.FromMinutes(30), Expected: null));
        Happens(Seen("DISCONNECTED"));
        Happens(new EnvironmentEvent.Accepted(At));
        Happens(Seen("CONNECTED", 1, "h100-8x"));
        Answers<ChangeAnswer.Done>();
        Does<EnvironmentAction.Ask>();
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Leaving_before_the_request_means_that_nothing_was_sent(bool cancelled)
    {
        Begin(Connect());
        Leaves(cancelled);
        Does<EnvironmentAction.Stop>();
        Assert.AreEqual(Outcomes.NotApplied, Answers<ChangeAnswer.Left>().Outcome);
    }

    [TestMethod]
    public void A_list_entry_counts_as_a_read()
    {
        Watched();
        Happens(new EnvironmentEvent.ListObserved(Seen("CONNECTED", 1, "h100-8x")));
        Assert.AreEqual("CONNECTED", Step.State.Now!.State);
        Assert.AreEqual(PollDelays.Watch(Step.State.Now, 0, fault: null).Soon, Does<EnvironmentAction.Ask>().After);
    }

    [TestMethod]
    public void A_list_entry_is_ignored_before_a_change_and_when_not_watching()
    {
        Begin(Connect());
        Happens(new EnvironmentEvent.ListObserved(Seen("DISCONNECTED")));
        Does<EnvironmentAction.Nothing>();
        Step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.ListObserved(Seen("DISCONNECTED")));
        Does<EnvironmentAction.Nothing>();
    }

    [TestMethod]
    public void An_environment_missing_from_a_list_is_read_at_once_unless_known_to_be_missing()
    {
        Watched();
        Happens(Seen("DELETING"));
        Happens(new EnvironmentEvent.Unlisted(At));
        Assert.AreEqual(TimeSpan.Zero, Does<EnvironmentAction.Ask>().After);
        Happens(NotSeen(Answered(404, GoogleRpcCode.NotFound)));
        Happens(new EnvironmentEvent.Unlisted(At));
        Does<EnvironmentAction.Nothing>();
    }

    private void Watched() => Step = EnvironmentMachine.Next(new EnvironmentState(), new EnvironmentEvent.Watched(At));
}
