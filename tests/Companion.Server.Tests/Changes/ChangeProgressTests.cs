using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Language;
using Companion.Server.Tests.Support;
using Companion.Testing;

namespace Companion.Server.Tests.Changes;

[TestClass]
public sealed class ChangeProgressTests
{
    private readonly TestTimeProvider _time = new();
    private readonly List<WorkDoneProgress> _told = [];

    [TestMethod]
    [DataRow(nameof(Phase.Checking), "DISCONNECTED", 0, false, ChangeStages.Looking)]
    [DataRow(nameof(Phase.Sending), "DISCONNECTED", 0, false, ChangeStages.Requested)]
    [DataRow(nameof(Phase.Settling), "DISCONNECTED", 1, false, ChangeStages.Settling)]
    [DataRow(nameof(Phase.Settling), "DISCONNECTED", 1, true, ChangeStages.Retrying)]
    [DataRow(nameof(Phase.Waiting), "CONNECTING", 0, false, ChangeStages.Accepted)] // seen before the response
    [DataRow(nameof(Phase.Waiting), "DISCONNECTED", 1, false, ChangeStages.Accepted)]
    [DataRow(nameof(Phase.Waiting), "CONNECTING", 1, false, ChangeStages.Connecting)]
    [DataRow(nameof(Phase.Waiting), "RECONNECTING", 1, false, ChangeStages.Reconnecting)]
    [DataRow(nameof(Phase.Waiting), "DISCONNECTING", 1, false, ChangeStages.Disconnecting)]
    [DataRow(nameof(Phase.Waiting), "MIGRATING", 1, false, ChangeStages.Accepted)]
    [DataRow(nameof(Phase.RefreshingAfterRefusal), "CONNECTING", 0, false, ChangeStages.Refused)]
    public void Each_phase_has_its_stage(string phase, string state, int looks, bool isProvenUndone, string stage)
    {
        Progress(expected: null).Report(Step(Enum.Parse<Phase>(phase), state, looks, isProvenUndone));
        Assert.AreEqual(stage, _told.Single().Stage);
        Assert.AreEqual(_time.GetUtcNow(), _told.Single().Since);
    }

    [TestMethod]
    public void A_stage_starts_when_first_seen_and_survives_missing_responses()
    {
        var progress = Progress(expected: null);
        progress.Report(Step(Phase.Waiting, "CONNECTING", looks: 1));
        var connecting = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(20));
        progress.ReportNoResponse();
        var silent = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(5));
        progress.ReportNoResponse();
        progress.Report(Step(Phase.Waiting, "CONNECTING", looks: 2));
        CollectionAssert.AreEqual(
            new[] { (ChangeStages.Connecting, connecting), (ChangeStages.Unconfirmed, silent), (ChangeStages.Connecting, connecting) },
            _told.ConvertAll(p => (p.Stage!, p.Since!.Value)));
    }

    [TestMethod]
    [DataRow(null, null)]
    [DataRow(42.4, 42)]
    [DataRow(0.2, 1)]
    public void The_usual_duration_is_reported_if_known(double? usual, int? expected)
    {
        Progress(usual is { } seconds ? TimeSpan.FromSeconds(seconds) : null).Report(Step(Phase.Checking, "DISCONNECTED"));
        Assert.AreEqual(expected, _told.Single().ExpectedSeconds);
    }

    [TestMethod]
    [DataRow(Wait.Settled, ChangeStages.Connected)]
    [DataRow(Wait.Accepted, null)] // the visible connection may still be the previous one
    public void The_end_has_the_requested_state(Wait wait, string? stage)
    {
        var progress = Progress(expected: null, wait);
        progress.Report(Step(Phase.Checking, "DISCONNECTED"));
        progress.Report(new EnvironmentStep(
            new EnvironmentState(), new EnvironmentAction.Stop(), new ChangeAnswer.Done(Samples.Environment("CONNECTED", 1, "h100-8x"))));
        Assert.AreEqual(new WorkDoneProgress { Kind = "end", Stage = stage }, _told[^1]);
    }

    [TestMethod]
    public void The_end_of_a_failed_change_has_no_state()
    {
        var progress = Progress(expected: null);
        progress.Report(Step(Phase.Waiting, "CONNECTING", looks: 1));
        progress.Report(new EnvironmentStep(
            new EnvironmentState(), new EnvironmentAction.Stop(), new ChangeAnswer.SettledElsewhere(Samples.Environment("DISCONNECTED", 2))));
        Assert.AreEqual(new WorkDoneProgress { Kind = "end" }, _told[^1]);
    }

    private static EnvironmentStep Step(Phase phase, string state, int looks = 0, bool isProvenUndone = false) => new(
        new EnvironmentState
        {
            Phase = phase,
            Now = Samples.Environment(state),
            Change = new ChangeState(Samples.Connect(), TimeSpan.FromMinutes(30), Expected: null) { Reads = looks, IsProvenUndone = isProvenUndone },
        },
        new EnvironmentAction.Nothing());

    private ChangeProgress Progress(TimeSpan? expected, Wait wait = Wait.Settled) => new(Samples.Connect(wait), new Phrases(), _told.Add, expected, _time);
}
