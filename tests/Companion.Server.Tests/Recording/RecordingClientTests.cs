using System.Text.Json;
using Companion.Protocol;
using Companion.Server.Logging;
using Companion.Server.Tests.Support;
using Companion.Testing;
using Moq;

namespace Companion.Server.Tests.Recording;

/// <summary>What is recorded about the client's notifications.</summary>
[TestClass]
public sealed class RecordingClientTests
{
    private readonly Mock<IClient> _inner = new(MockBehavior.Strict);
    private readonly FlightRecorder _recorder = new(new TestTimeProvider());
    private readonly RecordingClient _client;

    public RecordingClientTests() => _client = new RecordingClient(_inner.Object, _recorder);

    private string Recorded => _recorder.Read().Single().Text;

    [TestMethod]
    [DataRow(null, null, "train-a of acme: CONNECTED")]
    [DataRow("OK", null, "train-a of acme: CONNECTED")]
    [DataRow("INTERNAL", null, "train-a of acme: CONNECTED after INTERNAL")]
    [DataRow(null, "UNAVAILABLE", "train-a of acme: CONNECTED, not confirmed: UNAVAILABLE")]
    public void A_state_is_recorded_with_its_failure(string? status, string? problem, string text)
    {
        var changed = new EnvironmentChangedParams
        {
            AccountId = "acme",
            EnvironmentId = "train-a",
            Environment = Samples.Environment("CONNECTED", status: status is null ? null : new StatusInfo { Code = status }),
            Problem = problem is null ? null : new ProblemInfo { Code = 14, Status = problem, Message = "It does not answer." },
        };
        _inner.Setup(c => c.EnvironmentChanged(changed));
        _client.EnvironmentChanged(changed);
        Assert.AreEqual(text, Recorded);
        _inner.VerifyAll();
    }

    [TestMethod]
    public void The_end_of_a_lease_is_recorded()
    {
        var ending = new LeaseEndingParams
        {
            AccountId = "acme",
            EnvironmentId = "train-a",
            Until = new DateTimeOffset(2026, 11, 22, 18, 30, 0, TimeSpan.Zero),
        };
        _inner.Setup(c => c.LeaseEnding(ending));
        _client.LeaseEnding(ending);
        Assert.AreEqual("train-a of acme: the lease ends at 2026-11-22 18:30:00Z", Recorded);
        _inner.VerifyAll();
    }

    [TestMethod]
    public void An_unknown_environment_is_recorded_as_such()
    {
        var changed = new EnvironmentChangedParams
        {
            AccountId = "acme",
            EnvironmentId = "train-a",
            Problem = new ProblemInfo { Code = 5, Status = "NOT_FOUND", Message = "There is none." },
        };
        _inner.Setup(c => c.EnvironmentChanged(changed));
        _client.EnvironmentChanged(changed);
        Assert.AreEqual("train-a of acme: not described, not confirmed: NOT_FOUND", Recorded);
    }

    [TestMethod]
    [DataRow("begin", "Connecting train-a", "requested", "sent", "progress, begin: Connecting train-a: requested")]
    [DataRow("report", null, null, "sent", "progress, report: sent")]
    [DataRow("report", null, "accepted", "sent", "progress, report: accepted")]
    [DataRow("end", null, null, null, "progress, end: ")]
    public void Progress_is_recorded_by_its_stage_or_message(string kind, string? title, string? stage, string? message, string text)
    {
        var token = JsonSerializer.SerializeToElement(1);
        var progress = new WorkDoneProgress { Kind = kind, Title = title, Stage = stage, Message = message };
        _inner.Setup(c => c.Progress(token, progress));
        _client.Progress(token, progress);
        Assert.AreEqual(text, Recorded);
        _inner.VerifyAll();
    }
}
