using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Language;
using Companion.Server.Tests.Support;
using Companion.Server.Usage;
using Companion.Testing;

namespace Companion.Server.Tests.Usage;

/// <summary>What is recorded when, and what the client gets of it.</summary>
[TestClass]
public sealed class UsageRecorderTests : IDisposable
{
    private readonly TestTimeProvider _time = new();
    private readonly MemoryStore _memory = new();
    private readonly InstanceTypes _types = new();
    private readonly LogLines _log = [];
    private readonly UsageStore _store;
    private readonly UsageRecorder _recorder;
    private string? _account = "acme";
    private bool _isChanging;

    public UsageRecorderTests()
    {
        _store = new UsageStore(_memory, "https://gateway.example");
        _recorder = new UsageRecorder(_store, _ => _isChanging, _types, () => _account, _time, _log);
        _time.SetLocalTimeZone(TimeZoneInfo.Utc);
    }

    public void Dispose() => _recorder.Dispose();

    [TestMethod]
    public void A_new_state_is_stored_after_a_second_and_an_unchanged_one_after_a_minute()
    {
        See("CONNECTED");
        Assert.IsEmpty(_store.ReadOpen());
        Pass(1);
        Assert.HasCount(1, _store.ReadOpen());

        Pass(29);
        See("CONNECTED");
        Pass(30);
        See("CONNECTED");
        Assert.AreEqual(0, Open().TotalSeconds);
        Pass(30);
        Assert.AreEqual(60, Open().TotalSeconds);
    }

    [TestMethod]
    public void A_short_connection_between_two_writes_is_recorded()
    {
        See("DISCONNECTED");
        See("CONNECTED", changed: 2);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        See("DISCONNECTED", changed: 3);
        Pass(1);
        Assert.HasCount(1, Ended());
    }

    [TestMethod]
    public void A_disconnected_environment_costs_no_timer_after_the_first_look()
    {
        See("DISCONNECTED");
        Pass(1);
        for (var i = 0; i < 10; i++)
        {
            See("DISCONNECTED");
            Assert.AreEqual(0, _time.WaitingTimers);
            Pass(30);
        }
    }

    [TestMethod]
    public void The_last_observation_is_stored_at_the_end()
    {
        See("CONNECTED");
        Pass(1);
        Pass(30);
        See("CONNECTED");
        _recorder.Dispose();
        Assert.AreEqual(31, Open().TotalSeconds);
        See("DISCONNECTED");
        Assert.AreEqual(0, _time.WaitingTimers);
    }

    [TestMethod]
    public void A_failed_read_says_nothing_and_a_missing_environment_only_with_its_own_key()
    {
        See("CONNECTED");
        Tell(environment: null, new ProblemInfo { Code = (int)GoogleRpcCode.Unavailable, Status = "UNAVAILABLE", Message = "" });
        _account = "other";
        TellGone();
        Assert.IsNull(_recorder.Flush());
        Assert.HasCount(1, _store.ReadOpen());
        _account = "acme";
        TellGone();
        _recorder.Flush();
        Assert.AreEqual("deleted", Ended().Single().End);

        void TellGone() => Tell(environment: null, new ProblemInfo { Code = (int)GoogleRpcCode.NotFound, Status = "NOT_FOUND", Message = "" });
    }

    [TestMethod]
    public void A_list_continues_and_ends_what_was_connected_and_adds_nothing()
    {
        _recorder.ObserveListed([Now("CONNECTED")]);
        _recorder.Flush();
        Assert.IsEmpty(_store.ReadOpen());

        See("CONNECTED");
        _recorder.Flush();
        Pass(60);
        _recorder.ObserveListed([Now("CONNECTED"), Now("CONNECTED") with { EnvironmentId = "eval-c" }]);
        _recorder.Flush();
        Assert.AreEqual(60, Open().TotalSeconds);
        _recorder.ObserveListed([Now("DISCONNECTED", 2)]);
        _recorder.Flush();
        Assert.HasCount(1, Ended());
    }

    [TestMethod]
    public void The_next_process_continues_what_was_connected_from_a_list_too()
    {
        See("CONNECTED");
        _recorder.Dispose();
        Pass(3_600);
        var next = new UsageRecorder(_store, static _ => false, _types, () => _account, _time, _log);
        next.ObserveListed([Now("CONNECTED")]);
        next.Dispose();
        Assert.AreEqual(3_600, Open().TotalSeconds);
    }

    [TestMethod]
    public void A_change_from_here_and_the_instance_type_are_recorded()
    {
        _types.Seen("acme", [new NodePoolInfo { NodePoolId = "h100-8x", State = "READY", InstanceType = "p5.48xlarge" }]);
        See("CONNECTED");
        _isChanging = true;
        See("DISCONNECTED", changed: 2);
        _recorder.Flush();
        var row = Ended().Single();
        Assert.AreEqual(("here", "p5.48xlarge"), (row.End, row.InstanceType));
    }

    [TestMethod]
    public void Trouble_with_the_folder_is_logged_once_and_told()
    {
        _memory.Obstacle = "The disk is full.";
        See("CONNECTED");
        Pass(1);
        Pass(60);
        See("CONNECTED");
        Pass(60);
        Assert.HasCount(1, _log);
        Assert.AreEqual("The disk is full.", Methods().Get("acme", Methods().Check(new GetUsageParams()), groupBy: null).NotRecorded);
    }

    [TestMethod]
    public void What_was_observed_up_to_now_is_in_the_answer()
    {
        See("CONNECTED");
        Pass(90);
        See("CONNECTED");
        var usage = Methods().Get("acme", Methods().Check(new GetUsageParams()), ["day", "connection"]);
        Assert.AreEqual((90, 720, "2026-11-22", null), Figures(usage.Groups.Single()));
        Assert.AreEqual((_time.GetUtcNow().AddDays(-30), _time.GetUtcNow(), null), (usage.Since, usage.Until, usage.NotRecorded));
        Assert.IsEmpty(Methods().Get("other", Methods().Check(new GetUsageParams()), groupBy: null).Groups);

        static (long, long, string?, string?) Figures(UsageGroup group) => (group.ConnectedSeconds, group.RankSeconds, group.Day, group.End);
    }

    [TestMethod]
    public void A_deleted_history_is_empty_and_goes_on_from_then()
    {
        See("CONNECTED");
        Pass(600);
        Methods().Clear();
        Assert.IsEmpty(Methods().Get("acme", Methods().Check(new GetUsageParams()), groupBy: null).Groups);
        Pass(60);
        See("CONNECTED");
        Pass(60);
        See("CONNECTED");
        Assert.AreEqual(60, Methods().Get("acme", Methods().Check(new GetUsageParams()), groupBy: null).Groups.Single().ConnectedSeconds);

        _memory.Obstacle = "The disk is full.";
        StringAssert.Contains(Assert.ThrowsExactly<MethodException>(Methods().Clear).Message, "The disk is full.");
    }

    [TestMethod]
    [DataRow("2026-11-22T08:00:01Z", null, "", "since must be in the past")]
    [DataRow("2026-11-22T08:00:00Z", null, "", "since must be in the past")]
    [DataRow("2026-11-20T00:00:00Z", "2026-11-19T00:00:00Z", "", "before until")]
    [DataRow("2021-11-22T07:59:59Z", null, "", "at most 5 years ago")]
    [DataRow(null, null, "week", "day, environment, nodePool, connection")]
    [DataRow(null, null, "day,", "day, environment, nodePool, connection")]
    [DataRow(null, null, "Day", "day, environment, nodePool, connection")]
    public void Parameters_that_make_no_sense_are_refused(string? since, string? until, string groupBy, string expected)
    {
        var request = new GetUsageParams { Since = Time(since), Until = Time(until), GroupBy = groupBy == "" ? null : groupBy.Split(',') };
        var refused = Assert.ThrowsExactly<MethodException>(() => Methods().Check(request));
        Assert.AreEqual(MethodException.InvalidParams, refused.Code);
        StringAssert.Contains(refused.Message, expected);

        static DateTimeOffset? Time(string? text) =>
            text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
    }

    [TestMethod]
    public void What_lies_ahead_is_left_out()
    {
        var range = Methods().Check(new GetUsageParams { Until = _time.GetUtcNow().AddDays(1) });
        Assert.AreEqual(_time.GetUtcNow(), range.Until);
        Assert.AreEqual(_time.GetUtcNow().AddDays(-2), Methods().Check(new GetUsageParams { Since = _time.GetUtcNow().AddDays(-3), Until = _time.GetUtcNow().AddDays(-2) }).Until);
    }

    private UsageMethods Methods() => new(_store, _recorder, new ErrorMessages("https://gateway.example", new Phrases()), _time);

    private void Pass(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private TimeSpan Open()
    {
        var row = _store.ReadOpen().Single();
        return row.Until - row.From;
    }

    private List<UsageRow> Ended() => [.. _store.ReadEnded(_time.GetUtcNow(), _time.GetUtcNow())];

    private void See(string state, int changed = 1) => Tell(Now(state, changed), problem: null);

    private EnvironmentInfo Now(string state, int changed = 1) => Samples.Environment(state, changed, "h100-8x") with { ObservedAt = _time.GetUtcNow() };

    private void Tell(EnvironmentInfo? environment, ProblemInfo? problem) => _recorder.Observe(new EnvironmentChangedParams
    {
        AccountId = Samples.Key.AccountId,
        EnvironmentId = Samples.Key.EnvironmentId,
        Environment = environment,
        Problem = problem,
    });
}
