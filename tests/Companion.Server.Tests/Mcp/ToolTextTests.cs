using Companion.Protocol;
using Companion.Server.Mcp;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Mcp;

[TestClass]
public sealed class ToolTextTests
{
    private static readonly EnvironmentInfo Connected = ToolFixture.Connected;

    [TestMethod]
    public void A_connection_without_an_end_is_said_to_last() =>
        Assert.AreEqual(
            "train-a is CONNECTED, node pool h100-8x, 8 ranks. It has no end: it stays connected until someone disconnects it.",
            ToolText.Of(Connected));

    [TestMethod]
    public void A_missed_end_asks_for_a_disconnect() =>
        Assert.Contains(
            "has passed, and nothing disconnects it: disconnect it.",
            ToolText.Of(Connected with { Lease = new() { Until = Connected.ObservedAt, KeptBy = [] } }));

    [TestMethod]
    public void A_disconnected_environment_isnt_on_its_last_node_pool() =>
        Assert.AreEqual("train-a is DISCONNECTED.", ToolText.Of(Samples.Environment("DISCONNECTED", pool: "h100-8x")));

    [TestMethod]
    public void A_failure_and_differences_are_lines()
    {
        var text = ToolText.Of(Samples.Environment("DISCONNECTED", status: new() { Code = "INTERNAL", Message = "snapshot failed" }) with
        {
            Differences = [new() { Member = "numRanks", Requested = "3", Actual = "8" }, new() { Member = "role", Actual = "arn" }],
        });

        Assert.AreEqual(
            "train-a is DISCONNECTED.\nLast failure: INTERNAL snapshot failed\nNot as requested: numRanks is 8, requested was 3.\nNot as requested: role is arn, requested was the default.",
            text);
    }

    [TestMethod]
    public void A_long_list_is_cut()
    {
        var text = ToolText.Of(new ListEnvironmentsResult { Environments = [.. Enumerable.Repeat(Connected, 102)] });

        Assert.StartsWith("102 environments\n- train-a", text);
        Assert.EndsWith("\n- and 2 more, which are in the structured content", text);
        Assert.HasCount(102, text.Split('\n'));
    }

    [TestMethod]
    public void A_diagnosis_names_the_step_that_failed_first()
    {
        DiagnosisStep Step(string id, string verdict) => new() { Id = id, Verdict = verdict, Milliseconds = 1, Message = "Message." };

        var text = ToolText.Of(new Diagnosis { Gateway = "https://api.example", Time = Connected.ObservedAt, Steps = [Step("tcp", "ok"), Step("tls", "failed"), Step("http", "skipped")] });

        Assert.AreEqual("tls failed on the way to https://api.example.\n- tcp: ok. Message.\n- tls: failed. Message.\n- http: skipped. Message.", text);
    }

    [TestMethod]
    public void Usage_has_hours_and_why_it_isnt_recorded()
    {
        var text = ToolText.Of(new UsageInfo
        {
            AccountId = "acme",
            Since = Connected.ObservedAt.AddDays(-1),
            Until = Connected.ObservedAt,
            Groups = [new() { EnvironmentId = "train-a", NodePoolId = "h100-8x", ConnectedSeconds = 5400, RankSeconds = 43_200, NotWatchedSeconds = 360 }],
            NotRecorded = "No storage folder is set.",
        });

        Assert.AreEqual(
            "Observed by this machine from 2026-11-21T12:00:00Z to 2026-11-22T12:00:00Z: 1 group\n"
            + "- train-a, h100-8x, connected for 1.5 h, 12.0 rank-hours, 0.1 h not watched\nThe history isn't recorded: No storage folder is set.",
            text);
    }
}
