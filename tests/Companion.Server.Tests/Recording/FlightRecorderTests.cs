using Companion.JsonRpc;
using Companion.Server.Logging;

namespace Companion.Server.Tests.Recording;

[TestClass]
public sealed class FlightRecorderTests
{
    private readonly FlightRecorder _recorder = new(TimeProvider.System);

    [TestMethod]
    public void It_keeps_the_last_entries_and_counts_the_others()
    {
        for (var i = 0; i < FlightRecorder.MaxEntries + 5; i++)
            _recorder.Add("log", $"{i}");
        Assert.HasCount(FlightRecorder.MaxEntries, _recorder.Read());
        Assert.AreEqual("5", _recorder.Read()[0].Text);
        Assert.AreEqual(5, _recorder.Dropped);
    }

    [TestMethod]
    public void It_is_also_limited_in_characters()
    {
        for (var i = 0; i < 1000; i++)
            _recorder.Add("log", new string('x', 100_000));
        Assert.IsLessThanOrEqualTo(FlightRecorder.MaxCharacters, _recorder.Read().Sum(e => e.Text.Length));
        Assert.IsTrue(_recorder.Read().All(e => e.Text.Length <= FlightRecorder.MaxEntryCharacters + 1));
    }

    [TestMethod]
    [DataRow(true, JsonRpcMessageKind.Request, "connect", 0, "request from the client: connect, 7 bytes")]
    [DataRow(false, JsonRpcMessageKind.Reply, "connect", 9, "reply to the client: connect, 7 bytes, error 9")]
    [DataRow(false, JsonRpcMessageKind.Notification, "environmentChanged", 0, "notification to the client: environmentChanged, 7 bytes")]
    [DataRow(true, JsonRpcMessageKind.Reply, null, 0, "reply from the client: ?, 7 bytes")]
    [DataRow(true, JsonRpcMessageKind.Request, null, 0, "request from the client: (unknown method), 7 bytes")]
    public void A_message_is_recorded_without_its_contents(bool isIncoming, JsonRpcMessageKind kind, string? method, int error, string expected)
    {
        _recorder.Add(new JsonRpcTraffic(isIncoming, kind, method, 7, error));
        Assert.AreEqual(("message", expected), (_recorder.Read()[0].Kind, _recorder.Read()[0].Text));
    }
}
