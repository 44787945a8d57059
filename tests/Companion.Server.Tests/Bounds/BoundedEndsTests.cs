using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Rpc;

namespace Companion.Server.Tests.Bounds;

/// <summary>Which connections clients may end, and when, with the real methods behind them.</summary>
[TestClass]
public sealed class BoundedEndsTests : IDisposable
{
    private const string Train = BoundedMachine.Environment;
    private const int Hour = 3600;

    private readonly BoundedMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [TestMethod]
    [DataRow(Actors.Agent, null, Actors.Agent, true)]
    [DataRow(Actors.Agent, null, Actors.Person, false)]
    [DataRow(Actors.Agent, null, Actors.CommandLine, false)]
    [DataRow(Actors.Agent, """{"mayEndOthers":false}""", Actors.CommandLine, false, DisplayName = "an agent, and what the command line reserved")]
    [DataRow(Actors.Agent, """{"mayEndOthers":true}""", Actors.Person, true)]
    [DataRow(Actors.CommandLine, """{"mayEndOthers":false}""", Actors.CommandLine, true)]
    [DataRow(Actors.CommandLine, """{"mayEndOthers":false}""", Actors.Agent, true)]
    [DataRow(Actors.CommandLine, """{"mayEndOthers":false}""", Actors.Person, false)]
    [DataRow(Actors.CommandLine, """{"maxHours":2}""", Actors.Person, true)]
    [DataRow(Actors.CommandLine, null, Actors.Person, true)]
    [DataRow(Actors.Person, """{"mayEndOthers":false}""", Actors.Agent, true)]
    public async Task A_connection_is_ended_by_those_who_may(string actor, string? bounds, string startedBy, bool isAllowed)
    {
        if (bounds is not null)
            _machine.Write(bounds);
        await ConnectAsync(_machine.Start(startedBy), Hour);
        var server = _machine.Start(actor);
        if (isAllowed)
        {
            Assert.AreEqual("DISCONNECTED", (await DisconnectAsync(server)).State);
            Assert.IsTrue(_machine.Reservations.All(static one => one.IsOver));
            return;
        }

        await RefusedAsync(() => DisconnectAsync(server), "mayEndOthers");
        await RefusedAsync(() => SetLeaseAsync(server, 60), "mayEndOthers");
        await RefusedAsync(() => ClearLeaseAsync(server), "mayEndOthers");
        Assert.IsEmpty(_machine.Disconnects);
    }

    [TestMethod]
    public async Task A_connection_that_someone_else_made_in_the_meantime_is_not_an_agents_own()
    {
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server, Hour);
        _machine.Pass(TimeSpan.FromMinutes(5));
        _machine.Set(Train, "CONNECTED", new GatewayEnvironmentConnection { NodePoolId = "h100-8x", NumRanks = 1 }); // in the same way, later
        var refused = await RefusedAsync(() => DisconnectAsync(server), "mayEndOthers");
        StringAssert.StartsWith(refused.Message, "mayEndOthers is false, and the connection of train-a may be someone else's. Only a person can change that, in ");
        await RefusedAsync(() => SetLeaseAsync(server, 60), "mayEndOthers");
        Assert.IsEmpty(_machine.Disconnects);
    }

    [TestMethod]
    public async Task An_update_between_two_close_looks_leaves_a_connection_an_agents_own()
    {
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server, Hour);
        _machine.Pass(TimeSpan.FromSeconds(30));
        _machine.Set(Train, "CONNECTED", new GatewayEnvironmentConnection { NodePoolId = "h100-8x", NumRanks = 1 });
        await ReadAsync(server);
        _machine.Pass(TimeSpan.FromMinutes(5));
        Assert.AreEqual("DISCONNECTED", (await DisconnectAsync(server)).State);
    }

    [TestMethod]
    public async Task A_connect_that_was_only_accepted_is_the_agents_once_it_is_connected()
    {
        var first = _machine.Start(Actors.Agent);
        _machine.AnswerConnect = (id, asked) =>
        {
            _machine.Set(id, "CONNECTING", new GatewayEnvironmentConnection { NodePoolId = asked.NodePoolId });
            return Task.CompletedTask;
        };
        Assert.AreEqual("CONNECTING", (await ConnectAsync(first, Hour, Wait.Accepted)).State);
        var second = _machine.Start(Actors.Agent);
        StringAssert.StartsWith((await RefusedAsync(() => DisconnectAsync(second), bound: null)).Message, "train-a is already connecting.");
        await _machine.Connected(Train, _machine.Connects[0]);
        Assert.AreEqual("DISCONNECTED", (await DisconnectAsync(second)).State);
        Assert.IsTrue(_machine.Reservations.Single().IsOver);
    }

    [TestMethod]
    public async Task There_is_nothing_to_end_without_a_connection()
    {
        var server = _machine.Start(Actors.Agent);
        StringAssert.StartsWith((await RefusedAsync(() => DisconnectAsync(server), bound: null)).Message, "train-a isn't connected to a node pool");
        StringAssert.StartsWith((await RefusedAsync(() => SetLeaseAsync(server, 60), bound: null)).Message, "train-a isn't connected to a node pool");
        Assert.IsEmpty(_machine.Disconnects);
    }

    [TestMethod]
    public async Task An_agent_may_only_move_an_end_to_an_earlier_time()
    {
        var server = _machine.Start(Actors.Agent);
        var end = (await ConnectAsync(server, Hour)).Lease!.Until;
        Assert.AreEqual(end, (await SetLeaseAsync(server, Hour)).Lease!.Until);
        var later = await RefusedAsync(() => SetLeaseAsync(server, Hour + 1), "mayExtend");
        Assert.AreEqual(
            $"mayExtend is false, so the end of train-a can't be moved to 2026-11-22T09:00:01Z. Only a person can change that, in {_machine.BoundsPath}. Nothing was sent.",
            later.Message);
        var cleared = await RefusedAsync(() => ClearLeaseAsync(server), "mayExtend");
        StringAssert.StartsWith(cleared.Message, "mayExtend is false, so the end of train-a can't be cleared.");
        Assert.AreEqual(end, (await ReadAsync(server)).Lease!.Until);

        var earlier = (await SetLeaseAsync(server, 600)).Lease!.Until;
        Assert.AreEqual(_machine.Time.GetUtcNow().AddMinutes(10), earlier);
        Assert.AreEqual(earlier, _machine.Reservations.Single().Until);
        await RefusedAsync(() => SetLeaseAsync(server, 601), "mayExtend");
        await RefusedAsync(() => SetLeaseAsync(server, new LeaseParams { Until = end }), "mayExtend");
    }

    [TestMethod]
    public async Task What_a_person_has_set_can_be_shortened_but_not_extended()
    {
        var (agent, person) = (_machine.Start(Actors.Agent), _machine.Start(Actors.Person));
        await ConnectAsync(agent, Hour);
        await SetLeaseAsync(person, 8 * Hour);
        await RefusedAsync(() => SetLeaseAsync(agent, (8 * Hour) + 1), "mayExtend");
        await SetLeaseAsync(agent, 5 * Hour);
        Assert.AreEqual(_machine.Time.GetUtcNow().AddHours(1), _machine.Reservations.Single().Until); // it counts longer as long as it's connected
        await SetLeaseAsync(person, 60);
        await RefusedAsync(() => SetLeaseAsync(agent, 61), "mayExtend");
        await ClearLeaseAsync(person);
        await SetLeaseAsync(agent, 4 * Hour); // there was none
        await RefusedAsync(() => SetLeaseAsync(agent, (4 * Hour) + 1), "mayExtend");
    }

    [TestMethod]
    public async Task An_agent_that_may_extend_stays_within_the_bounds_of_a_connect()
    {
        _machine.Write("""{"mayExtend":true,"maxHours":3,"maxRankHoursPerDay":2.5}""");
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server, Hour);
        _machine.Pass(TimeSpan.FromMinutes(30));
        Assert.AreEqual(_machine.Time.GetUtcNow().AddHours(2), (await SetLeaseAsync(server, 2 * Hour)).Lease!.Until);
        Assert.AreEqual(_machine.Time.GetUtcNow().AddHours(2), _machine.Reservations.Single().Until);
        var hours = await RefusedAsync(() => SetLeaseAsync(server, (2 * Hour) + 60), "maxRankHoursPerDay");
        StringAssert.StartsWith(hours.Message, "maxRankHoursPerDay is 2.5, but this would be 2.52 on 2026-11-22.");
        var late = await RefusedAsync(() => SetLeaseAsync(server, (5 * Hour / 2) + 1), "maxHours");
        StringAssert.StartsWith(late.Message, "maxHours is 3, so the end of train-a can't be moved to 2026-11-22T11:00:01Z.");
        StringAssert.StartsWith((await RefusedAsync(() => ClearLeaseAsync(server), "maxHours")).Message, "maxHours is 3, so the end of train-a can't be cleared.");
        Assert.AreEqual(_machine.Time.GetUtcNow().AddHours(2), (await ReadAsync(server)).Lease!.Until);
    }

    [TestMethod]
    public async Task What_a_person_has_extended_can_be_shortened_whatever_hours_are_left()
    {
        _machine.Write("""{"mayExtend":true,"maxHours":3,"maxRankHoursPerDay":1}""");
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server, Hour);
        await SetLeaseAsync(_machine.Start(Actors.Person), 3 * Hour);
        Assert.AreEqual(_machine.Time.GetUtcNow().AddHours(2), (await SetLeaseAsync(server, 2 * Hour)).Lease!.Until);
        await RefusedAsync(() => SetLeaseAsync(server, (2 * Hour) + 60), "maxRankHoursPerDay");
    }

    [TestMethod]
    public async Task What_another_process_has_just_reserved_is_known()
    {
        var server = _machine.Start(Actors.Agent);
        await ReadAsync(server);
        await ConnectAsync(_machine.Start(Actors.Agent), Hour);
        Assert.AreEqual("DISCONNECTED", (await DisconnectAsync(server)).State);
        await ConnectAsync(_machine.Start(Actors.Agent), Hour);
        await SetLeaseAsync(server, 60);
    }

    [TestMethod]
    public async Task What_is_not_counted_is_not_extended()
    {
        _machine.Write("""{"mayExtend":true,"mayEndOthers":true}""");
        await ConnectAsync(_machine.Start(Actors.Person), Hour);
        var server = _machine.Start(Actors.Agent);
        await RefusedAsync(() => SetLeaseAsync(server, Hour + 1), "maxHours");
        Assert.AreEqual(_machine.Time.GetUtcNow().AddMinutes(1), (await SetLeaseAsync(server, 60)).Lease!.Until);
    }

    [TestMethod]
    [DataRow(null, true, true)]
    [DataRow("""{"maxEnvironments":1}""", true, true)]
    [DataRow("""{"maxHours":2}""", true, false)]
    [DataRow("""{"mayExtend":true,"maxHours":2}""", true, false)]
    [DataRow("""{"maxRankHoursPerDay":9}""", true, false)]
    [DataRow("""{"mayExtend":false}""", false, false)]
    public async Task The_command_line_may_what_the_file_does_not_forbid(string? bounds, bool mayExtend, bool mayClear)
    {
        if (bounds is not null)
            _machine.Write(bounds);
        var server = _machine.Start(Actors.CommandLine);
        await ConnectAsync(server, Hour);
        await TryAsync(() => SetLeaseAsync(server, 2 * Hour), mayExtend);
        await TryAsync(() => ClearLeaseAsync(server), mayClear);
        Assert.AreEqual(!mayClear, (await ReadAsync(server)).Lease is not null);

        static async Task TryAsync(Func<Task> call, bool isAllowed)
        {
            if (isAllowed)
                await call();
            else
                await Assert.ThrowsExactlyAsync<MethodException>(call);
        }
    }

    [TestMethod]
    public async Task An_agents_server_keeps_the_ends_that_people_set()
    {
        await ConnectAsync(_machine.Start(Actors.Person), seconds: null);
        await SetLeaseAsync(_machine.Start(Actors.Person), 600);
        _machine.Start(Actors.Agent);
        _machine.Pass(TimeSpan.FromMinutes(11));
        CollectionAssert.AreEqual(new[] { Train }, _machine.Disconnects);
    }

    [TestMethod]
    public async Task An_end_that_was_kept_frees_the_place()
    {
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server, 600);
        _machine.Pass(TimeSpan.FromMinutes(11));
        CollectionAssert.AreEqual(new[] { Train }, _machine.Disconnects);
        var ended = _machine.Reservations.Single();
        Assert.IsTrue(ended.IsOver);
        Assert.IsLessThan(TimeSpan.FromMinutes(11), ended.Until!.Value - ended.From);
    }

    private static Task<EnvironmentInfo> ConnectAsync(ServerMethods server, int? seconds, Wait? wait = null) => server.ConnectAsync(
        new ConnectParams
        {
            EnvironmentId = Train,
            Connection = new ConnectionParams { NodePoolId = "h100-8x", NumRanks = 1 },
            Lease = seconds is { } s ? new LeaseParams { DurationSeconds = s } : null,
            Wait = wait,
        },
        CancellationToken.None);

    private static Task<EnvironmentInfo> DisconnectAsync(ServerMethods server) =>
        server.DisconnectAsync(new DisconnectParams { EnvironmentId = Train }, CancellationToken.None);

    private static Task<EnvironmentInfo> ReadAsync(ServerMethods server) =>
        server.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = Train }, CancellationToken.None);

    private static Task<EnvironmentInfo> SetLeaseAsync(ServerMethods server, int seconds) =>
        SetLeaseAsync(server, new LeaseParams { DurationSeconds = seconds });

    private static Task<EnvironmentInfo> ClearLeaseAsync(ServerMethods server) => SetLeaseAsync(server, lease: null);

    private static Task<EnvironmentInfo> SetLeaseAsync(ServerMethods server, LeaseParams? lease) =>
        server.SetLeaseAsync(new SetLeaseParams { EnvironmentId = Train, Lease = lease }, CancellationToken.None);

    private static async Task<MethodException> RefusedAsync(Func<Task> call, string? bound)
    {
        var refused = await Assert.ThrowsExactlyAsync<MethodException>(call);
        Assert.AreEqual((Outcomes.NotApplied, bound), (refused.ErrorData!.Outcome, refused.ErrorData.Bound), refused.Message);
        StringAssert.EndsWith(refused.Message, "Nothing was sent.");
        return refused;
    }
}
