using Companion.Gateway;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Rpc;
using Companion.Server.Storage;
using Companion.Server.Tests.Support;
using Moq;

namespace Companion.Server.Tests.Bounds;

/// <summary>Which connects clients may make, with the real methods behind them.</summary>
[TestClass]
public sealed class ClientBoundsTests : IDisposable
{
    private const string Train = BoundedMachine.Environment;
    private const string Stated = """
        {"nodePools":["h100-8x"],"maxNodes":2,"maxRanks":16,"maxHours":2,"maxRankHoursPerDay":32,"maxEnvironments":1,"mayExtend":false,"mayEndOthers":false}
        """;

    private readonly BoundedMachine _machine = new();

    /// <summary>The bounds, the ranks and seconds of a connect, and what refuses it, or null.</summary>
    public static IEnumerable<object?[]> Each =>
    [
        ["""{"nodePools":["cpu","h100-8x"]}""", 1, 3600, null, null],
        ["""{"nodePools":["cpu","a100"]}""", 1, 3600, "nodePools", "nodePools is cpu, a100, without h100-8x."],
        ["""{"nodePools":[]}""", 1, 3600, "nodePools", "nodePools is an empty list, without h100-8x."],
        ["""{"maxRanks":8}""", 8, 3600, null, null],
        ["""{"maxRanks":7}""", 8, 3600, "maxRanks", "maxRanks is 7, but this would be 8."],
        ["""{"maxNodes":1}""", 8, 3600, null, null],
        ["""{"maxNodes":1}""", 9, 3600, "maxNodes", "maxNodes is 1, but this would be 2 (9 ranks, with 8 on each)."],
        ["""{"maxNodes":2}""", 16, 3600, null, null],
        ["""{"maxNodes":2}""", 17, 3600, "maxNodes", "maxNodes is 2, but this would be 3 (17 ranks, with 8 on each)."],
        ["""{"maxHours":1.5}""", 1, 5400, null, null],
        ["""{"maxHours":1.5}""", 1, 5401, "maxHours", "maxHours is 1.5, but this would be 1.51."],
        ["""{"maxRankHoursPerDay":8}""", 8, 3600, null, null],
        ["""{"maxRankHoursPerDay":7.99}""", 8, 3600, "maxRankHoursPerDay", "maxRankHoursPerDay is 7.99, but this would be 8 on 2026-11-22."],
        ["""{"maxRankHoursPerDay":0}""", 1, 60, "maxRankHoursPerDay", "maxRankHoursPerDay is 0, but this would be 0.02 on 2026-11-22."],
        ["""{"maxEnvironments":0}""", 1, 3600, "maxEnvironments", "maxEnvironments is 0, but this would be 1."],
    ];

    public void Dispose() => _machine.Dispose();

    [TestMethod]
    [DynamicData(nameof(Each))]
    public Task An_agent_is_bounded_by_the_file(string bounds, int ranks, int seconds, string? bound, string? why) =>
        ConnectsOrNotAsync(Actors.Agent, bounds, ranks, seconds, bound, why);

    [TestMethod]
    [DynamicData(nameof(Each))]
    public Task The_command_line_is_bounded_by_the_file(string bounds, int ranks, int seconds, string? bound, string? why) =>
        ConnectsOrNotAsync(Actors.CommandLine, bounds, ranks, seconds, bound, why);

    [TestMethod]
    [DataRow(8, 7200, null, null)]
    [DataRow(9, 7200, "maxNodes", "maxNodes is 1, but this would be 2 (9 ranks, with 8 on each).")]
    [DataRow(1, 7201, "maxHours", "maxHours is 2, but this would be 2.01.")]
    public async Task An_agent_is_bounded_without_a_file_and_no_one_else_is(int ranks, int seconds, string? bound, string? why)
    {
        await ConnectsOrNotAsync(Actors.Agent, bounds: null, ranks, seconds, bound, why);
        foreach (var actor in new[] { null, Actors.Person, Actors.CommandLine })
        {
            var server = _machine.Start(actor);
            await DisconnectAsync(server);
            Assert.AreEqual("CONNECTED", (await ConnectAsync(server, ranks: 1000, seconds: null)).State);
        }
    }

    [TestMethod]
    public async Task A_person_is_not_bounded_by_the_file_whatever_is_in_it()
    {
        foreach (var bounds in new[] { """{"maxEnvironments":0,"nodePools":[],"mayEndOthers":false}""", "?" })
        {
            _machine.Write(bounds);
            var server = _machine.Start(Actors.Person);
            Assert.AreEqual("CONNECTED", (await ConnectAsync(server, ranks: 1000, seconds: null)).State);
            await DisconnectAsync(server, force: true);
        }

        Assert.IsEmpty(_machine.Reservations);
    }

    [TestMethod]
    [DataRow(Actors.Agent, null, true)]
    [DataRow(Actors.Agent, """{"maxHours":3}""", true)]
    [DataRow(Actors.CommandLine, """{"maxHours":3}""", true)]
    [DataRow(Actors.CommandLine, """{"maxRankHoursPerDay":48}""", true)]
    [DataRow(Actors.CommandLine, """{"maxEnvironments":1}""", false)]
    [DataRow(Actors.CommandLine, null, false)]
    public async Task A_connect_must_have_an_end_if_its_hours_are_limited(string actor, string? bounds, bool isRefused)
    {
        if (bounds is not null)
            _machine.Write(bounds);
        var server = _machine.Start(actor);
        if (!isRefused)
        {
            Assert.AreEqual("CONNECTED", (await ConnectAsync(server, seconds: null)).State);
            return;
        }

        var refused = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync(server, seconds: null));
        Assert.AreEqual(MethodException.InvalidParams, refused.Code);
        StringAssert.StartsWith(refused.Message, "params.lease is missing; it must be an object with either until or durationSeconds");
        AssertNothingHappened();
    }

    [TestMethod]
    [DataRow(5400, true)]
    [DataRow(5401, false)]
    public async Task An_end_at_a_time_counts_from_now(int seconds, bool isAllowed)
    {
        _machine.Write("""{"maxHours":1.5}""");
        var server = _machine.Start(Actors.Agent);
        var until = new LeaseParams { Until = _machine.Time.GetUtcNow().AddSeconds(seconds) };
        if (isAllowed)
            Assert.AreEqual(until.Until, (await ConnectAsync(server, Train, 1, until)).Lease!.Until);
        else
            await RefusedAsync(() => ConnectAsync(server, Train, 1, until), "maxHours");
    }

    [TestMethod]
    [DataRow(null, 2, false)]
    [DataRow(null, 1, true)]
    [DataRow("""{"maxRanks":16}""", 16, true)]
    [DataRow("""{"maxRanks":16,"maxNodes":4}""", 4, true)]
    public async Task A_node_of_unknown_size_may_have_one_rank_unless_the_ranks_are_limited(string? bounds, int ranks, bool isAllowed)
    {
        if (bounds is not null)
            _machine.Write(bounds);
        foreach (var fault in new[] { GoogleRpcCode.Unimplemented, GoogleRpcCode.PermissionDenied })
        {
            _machine.Gateway.Setup(g => g.GetNodePoolStatsAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ThrowsAsync(Samples.Answered(400, fault));
            await ConnectsOrNotAsync(ranks, isAllowed);
        }

        RanksPerNode(0);
        await ConnectsOrNotAsync(ranks, isAllowed);

        async Task ConnectsOrNotAsync(int asked, bool may)
        {
            using var machine = _machine.Start(Actors.Agent);
            if (!may)
            {
                var refused = await RefusedAsync(() => ConnectAsync(machine, ranks: asked), "maxNodes");
                StringAssert.StartsWith(refused.Message, "maxNodes is 1, but this would be 2 ranks in h100-8x, and the gateway doesn't report how many fit on a node.");
                return;
            }

            await ConnectAsync(machine, ranks: asked);
            await DisconnectAsync(machine);
        }
    }

    [TestMethod]
    public async Task A_node_pool_that_cannot_be_read_now_is_an_error_of_its_own()
    {
        _machine.Gateway.Setup(g => g.GetNodePoolStatsAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ThrowsAsync(Samples.Lost());
        var failed = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync(_machine.Start(Actors.Agent), ranks: 8));
        Assert.AreEqual((int)GoogleRpcCode.Unavailable, failed.Code);
        Assert.AreEqual((Outcomes.NotApplied, null), (failed.ErrorData!.Outcome, failed.ErrorData.Bound));
        AssertNothingHappened();
    }

    [TestMethod]
    public async Task Environments_and_hours_of_all_processes_count_and_nothing_is_asked_for_what_is_refused()
    {
        _machine.Write("""{"maxEnvironments":2,"maxRankHoursPerDay":24,"maxHours":2}""");
        RanksPerNode(8);
        await ConnectAsync(_machine.Start(Actors.Agent), Train, 8, 3600);
        await ConnectAsync(_machine.Start(Actors.CommandLine), "train-b", 8, 3600);
        var reads = _machine.Reads;

        var third = _machine.Start(Actors.Agent);
        var full = await RefusedAsync(() => ConnectAsync(third, "train-c", 1, 60), "maxEnvironments");
        StringAssert.StartsWith(full.Message, "maxEnvironments is 2, and in use: train-a, train-b. A connection counts until Companion has seen it end.");
        Assert.AreEqual(reads, _machine.Reads);

        _machine.Pass(TimeSpan.FromMinutes(30));
        await DisconnectAsync(_machine.Start(Actors.Person), "train-b");
        reads = _machine.Reads;
        await RefusedAsync(() => ConnectAsync(third, "train-c", 8, 5401), "maxRankHoursPerDay"); // 8 + 4 + 12.002
        Assert.AreEqual(reads, _machine.Reads);
        Assert.AreEqual("CONNECTED", (await ConnectAsync(third, "train-c", 8, 5400)).State);
        Assert.HasCount(3, _machine.Connects);
    }

    [TestMethod]
    public async Task An_environment_that_is_reconnected_counts_once()
    {
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server);
        _machine.Pass(TimeSpan.FromMinutes(15));
        await ConnectAsync(server);
        CollectionAssert.AreEqual(new[] { true, false }, _machine.Reservations.Select(static one => one.IsOver).ToArray());
        Assert.AreEqual(_machine.Reservations[1].From, _machine.Reservations[0].Until);
    }

    [TestMethod]
    public async Task A_new_day_has_new_hours()
    {
        _machine.Write("""{"maxRankHoursPerDay":2}""");
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server, seconds: 7200);
        await DisconnectAsync(server);
        await RefusedAsync(() => ConnectAsync(server, seconds: 7260), "maxHours");
        await ConnectAsync(server, seconds: 7100); // the first one was ended at once, and hardly counts
        _machine.Pass(TimeSpan.FromHours(2));
        Assert.AreEqual("DISCONNECTED", (await server.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = Train }, CancellationToken.None)).State);
        await RefusedAsync(() => ConnectAsync(server, seconds: 600), "maxRankHoursPerDay");
        _machine.Pass(TimeSpan.FromHours(14)); // it was 8:00
        await ConnectAsync(server, seconds: 7200);
    }

    [TestMethod]
    public async Task A_reservation_is_given_back_only_if_the_connect_provably_had_no_effect()
    {
        var server = _machine.Start(Actors.Agent);
        var other = _machine.Start(Actors.Agent);
        _machine.AnswerConnect = (_, _) => Task.FromException(Samples.Answered(400, GoogleRpcCode.InvalidArgument));
        var rejected = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync(server));
        Assert.AreEqual(Outcomes.NotApplied, rejected.ErrorData!.Outcome);
        Assert.IsEmpty(_machine.Reservations);

        _machine.AnswerConnect = (_, _) => Task.FromException(Samples.Answered(400, GoogleRpcCode.FailedPrecondition));
        await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync(server));
        Assert.IsEmpty(_machine.Reservations);

        // The caller leaves, and the request is still on its way.
        var answer = new TaskCompletionSource();
        _machine.AnswerConnect = (_, _) => answer.Task;
        using var cancel = new CancellationTokenSource();
        var leaving = ConnectAsync(server, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        Assert.AreEqual(Outcomes.Unknown, (await Assert.ThrowsExactlyAsync<MethodException>(() => leaving)).ErrorData!.Outcome);
        answer.SetException(Samples.Lost());
        Assert.HasCount(1, _machine.Reservations);
        _machine.AnswerConnect = _machine.Connected;
        await RefusedAsync(() => ConnectAsync(other, "train-b"), "maxEnvironments");

        // It's disconnected, but the request could still arrive.
        await other.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = Train }, CancellationToken.None);
        await RefusedAsync(() => ConnectAsync(other, "train-b"), "maxEnvironments");
        _machine.Pass(TimeSpan.FromMinutes(16));
        await RefusedAsync(() => ConnectAsync(other, "train-b"), "maxEnvironments");
        await other.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = Train }, CancellationToken.None);
        await ConnectAsync(other, "train-b");
    }

    [TestMethod]
    public async Task The_time_that_the_gateway_has_tried_counts()
    {
        var server = _machine.Start(Actors.Agent);
        _machine.AnswerConnect = (id, asked) =>
        {
            _machine.Set(id, "CONNECTING", new GatewayEnvironmentConnection { NodePoolId = asked.NodePoolId });
            return Task.CompletedTask;
        };
        var connecting = ConnectAsync(server);
        _machine.Pass(TimeSpan.FromMinutes(6));
        Assert.IsFalse(_machine.Reservations.Single().IsOver);
        _machine.Set(Train, "DISCONNECTED", connection: null);
        _machine.Pass(TimeSpan.FromMinutes(1));
        Assert.AreEqual(Outcomes.NotApplied, (await Assert.ThrowsExactlyAsync<MethodException>(() => connecting)).ErrorData!.Outcome);
        var tried = _machine.Reservations.Single();
        Assert.IsTrue(tried.IsOver);
        Assert.IsGreaterThan(TimeSpan.FromMinutes(6), tried.Until!.Value - tried.From);
    }

    [TestMethod]
    public async Task A_connect_whose_end_cannot_be_stored_reserves_nothing()
    {
        var refused = await Assert.ThrowsExactlyAsync<MethodException>(() => ConnectAsync(_machine.Start(Actors.Agent, new NoStore())));
        Assert.AreEqual("Couldn't store when the connection of train-a ends: No storage folder is set. Nothing was sent.", refused.Message);
        Assert.IsEmpty(_machine.Reservations);
        Assert.IsEmpty(_machine.Connects);
    }

    [TestMethod]
    public async Task An_agent_connects_over_no_one_elses_connection()
    {
        var others = new GatewayEnvironmentConnection { NodePoolId = "h100-8x", NumRanks = 1 };
        var server = _machine.Start(Actors.Agent);
        foreach (var (state, expected) in new[] { ("CONNECTED", "mayEndOthers"), ("HIBERNATING", "mayEndOthers"), ("CONNECTING", null), ("RECONNECTING", null) })
        {
            _machine.Set(Train, state, others);
            var refused = await RefusedAsync(() => ConnectAsync(server), expected);
            StringAssert.StartsWith(refused.Message, expected is null
                ? "train-a is already connecting."
                : "mayEndOthers is false, and the connection of train-a may be someone else's. Only a person can change that, in ");
            Assert.AreEqual(state, refused.ErrorData!.Environment!.State);
        }

        Assert.IsEmpty(_machine.Reservations);
        Assert.IsEmpty(_machine.Connects);
        _machine.Set(Train, "CONNECTED", others);
        _machine.Write("""{"mayEndOthers":true}""");
        Assert.AreEqual("CONNECTED", (await ConnectAsync(server)).State);
    }

    [TestMethod]
    public async Task A_connection_that_someone_has_just_made_in_the_same_way_is_not_the_result_of_this_connect()
    {
        var server = _machine.Start(Actors.Agent);
        await server.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = Train }, CancellationToken.None);
        _machine.Set(Train, "CONNECTED", new GatewayEnvironmentConnection { NodePoolId = "h100-8x", NumRanks = 1 });
        await RefusedAsync(() => ConnectAsync(server), "mayEndOthers");
        Assert.IsEmpty(_machine.Connects);
        Assert.IsEmpty(_machine.Reservations);
    }

    [TestMethod]
    public async Task A_connect_that_waits_for_room_is_bounded_when_it_is_sent()
    {
        _machine.Gateway.Setup(g => g.GetNodePoolAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ReturnsAsync(new GatewayNodePool { MaxNodeCount = 1 });
        var stats = new GatewayNodePoolStats { NodeCount = 1, RanksPerNode = 8, EnvironmentRanks = 8 };
        _machine.Gateway.Setup(g => g.GetNodePoolStatsAsync("acme", "h100-8x", It.IsAny<CancellationToken>())).ReturnsAsync(() => stats);
        var now = _machine.Time.GetUtcNow();
        var wait = new WaitForCapacityParams { DurationSeconds = 3600 };
        var server = _machine.Start(Actors.Agent);
        var late = new LeaseParams { Until = now.AddHours(3).AddSeconds(1) };
        await RefusedAsync(() => ConnectAsync(server, Train, 1, late, wait), "maxHours");
        await RefusedAsync(() => ConnectAsync(server, Train, 1, new LeaseParams { DurationSeconds = 7201 }, wait), "maxHours");

        // Three hours away, and there's room too early.
        var early = ConnectAsync(server, Train, 1, new LeaseParams { Until = now.AddHours(3) }, wait);
        _machine.Pass(TimeSpan.FromMinutes(30));
        stats = stats with { EnvironmentRanks = 0 };
        _machine.Pass(TimeSpan.FromMinutes(5));
        await RefusedAsync(() => early, "maxHours");

        // Someone else has taken the place in the meantime.
        stats = stats with { EnvironmentRanks = 8 };
        var waiting = ConnectAsync(server, Train, 1, new LeaseParams { DurationSeconds = 3600 }, wait);
        _machine.Pass(TimeSpan.FromMinutes(1));
        Assert.IsEmpty(_machine.Reservations);
        await ConnectAsync(_machine.Start(Actors.Agent), "train-b");
        stats = stats with { EnvironmentRanks = 0 };
        _machine.Pass(TimeSpan.FromMinutes(5));
        await RefusedAsync(() => waiting, "maxEnvironments");
        Assert.HasCount(1, _machine.Connects);
    }

    [TestMethod]
    [DataRow(Actors.Agent)]
    [DataRow(Actors.CommandLine)]
    public async Task Nothing_is_allowed_while_the_file_or_the_reservations_cannot_be_read(string actor)
    {
        _machine.Write("""{"maxHours":"two"}""");
        var server = _machine.Start(actor);
        foreach (var call in new Func<Task>[] { () => ConnectAsync(server), () => DisconnectAsync(server), () => SetLeaseAsync(server, 3600), () => SetLeaseAsync(server, null) })
        {
            var refused = await RefusedAsync(call, "boundsFile");
            Assert.AreEqual(
                $"The bounds can't be read, so nothing is allowed. {_machine.BoundsPath}: maxHours must be a number from 0.1 to 8760. Only a person can fix that. Nothing was sent.",
                refused.Message);
        }

        AssertNothingHappened();
        _machine.Write(Stated);
        _machine.Ledger.Change(StoreNames.Reservations, static _ => "?");
        var damaged = await RefusedAsync(() => ConnectAsync(server), "reservations");
        StringAssert.Contains(damaged.Message, "The file with the reservations is damaged.");
        _machine.Ledger.Change(StoreNames.Reservations, static _ => null);
        _machine.Ledger.Obstacle = "No space left on device.";
        StringAssert.Contains((await RefusedAsync(() => ConnectAsync(server), "reservations")).Message, "No space left on device. Only");
        Assert.IsEmpty(_machine.Connects);
        _machine.Ledger.Obstacle = null;
        Assert.AreEqual("CONNECTED", (await ConnectAsync(server)).State);
    }

    [TestMethod]
    public async Task An_agent_may_never_use_what_is_for_people()
    {
        _machine.Write("""{"mayEndOthers":true,"mayExtend":true}""");
        var server = _machine.Start(Actors.Agent);
        await ConnectAsync(server);
        _machine.Connects.Clear();
        var train = new DisconnectParams { EnvironmentId = Train };
        var connect = new ConnectParams
        {
            EnvironmentId = Train, Connection = new ConnectionParams { NodePoolId = "h100-8x" }, Lease = new LeaseParams { DurationSeconds = 60 }, AllowUnprotected = true,
        };
        (string Name, Func<Task> Call)[] calls =
        [
            ("allowUnprotected", () => server.ConnectAsync(connect, CancellationToken.None)),
            ("force", () => server.DisconnectAsync(train with { Force = true }, CancellationToken.None)),
            ("resetSnapshots", () => server.DisconnectAsync(train with { ResetSnapshots = true }, CancellationToken.None)),
            ("signIn", () => server.SignInAsync(new SignInParams(), CancellationToken.None)),
            ("signOut", () => Task.FromResult(server.SignOut())),
            ("clearUsage", () => Task.FromResult(server.ClearUsage())),
        ];
        foreach (var (name, call) in calls)
            Assert.AreEqual($"Only a person can use {name}. Nothing was sent.", (await RefusedAsync(call, "actor")).Message);
        Assert.IsEmpty(_machine.Connects);
        Assert.IsEmpty(_machine.Disconnects);
        await server.DisconnectAsync(train with { Force = false, ResetSnapshots = false }, CancellationToken.None);

        var commandLine = _machine.Start(Actors.CommandLine);
        await ConnectAsync(commandLine);
        await commandLine.DisconnectAsync(train with { Force = true, ResetSnapshots = true }, CancellationToken.None);
        Assert.HasCount(2, _machine.Disconnects);
    }

    [TestMethod]
    public async Task A_refusal_says_in_the_clients_language_who_can_change_it_and_where()
    {
        var german = await RefusedAsync(() => ConnectAsync(_machine.Start(Actors.Agent, locale: "de"), seconds: 7260), "maxHours");
        Assert.AreEqual(
            $"maxHours ist 2, angefordert wurde aber 2.02. Das kann nur ein Mensch ändern, in {_machine.BoundsPath}. Es wurde nichts gesendet.", german.Message);
        Assert.IsEmpty(german.ErrorData!.Actions);
        Assert.IsFalse(german.ErrorData.Retryable);
    }

    [TestMethod]
    public async Task What_an_agent_started_is_marked_in_the_history()
    {
        await ConnectAsync(_machine.Start(Actors.Agent));
        var person = _machine.Start(Actors.Person);
        await ConnectAsync(person, "train-b");
        var usage = await person.GetUsageAsync(new GetUsageParams { GroupBy = [UsageDimensions.Connection] }, CancellationToken.None);
        CollectionAssert.AreEquivalent(Array.Empty<string>(), usage.Groups.Select(static group => group.EnvironmentId).ToArray());
        _machine.Pass(TimeSpan.FromMinutes(2));
        foreach (var id in new[] { Train, "train-b" })
            await person.GetEnvironmentAsync(new GetEnvironmentParams { EnvironmentId = id }, CancellationToken.None);
        usage = await person.GetUsageAsync(new GetUsageParams { GroupBy = [UsageDimensions.Connection] }, CancellationToken.None);
        CollectionAssert.AreEquivalent(
            new[] { "train-a agent", "train-b " }, usage.Groups.Select(static group => $"{group.EnvironmentId} {group.By}").ToArray());
        Assert.IsNull((await person.GetUsageAsync(new GetUsageParams(), CancellationToken.None)).Groups.Single().By);
    }

    private static Task<EnvironmentInfo> ConnectAsync(
        ServerMethods server, string id = Train, int ranks = 1, int? seconds = 3600, CancellationToken cancellationToken = default) =>
        ConnectAsync(server, id, ranks, seconds is { } s ? new LeaseParams { DurationSeconds = s } : null, wait: null, cancellationToken);

    private static Task<EnvironmentInfo> ConnectAsync(
        ServerMethods server, string id, int ranks, LeaseParams? lease, WaitForCapacityParams? wait = null, CancellationToken cancellationToken = default) =>
        server.ConnectAsync(
            new ConnectParams
            {
                EnvironmentId = id, Connection = new ConnectionParams { NodePoolId = "h100-8x", NumRanks = ranks }, Lease = lease, WaitForCapacity = wait,
            },
            cancellationToken);

    private static Task<EnvironmentInfo> DisconnectAsync(ServerMethods server, string id = Train, bool? force = null) =>
        server.DisconnectAsync(new DisconnectParams { EnvironmentId = id, Force = force }, CancellationToken.None);

    private static Task<EnvironmentInfo> SetLeaseAsync(ServerMethods server, int? seconds) => server.SetLeaseAsync(
        new SetLeaseParams { EnvironmentId = Train, Lease = seconds is { } s ? new LeaseParams { DurationSeconds = s } : null }, CancellationToken.None);

    private static async Task<MethodException> RefusedAsync(Func<Task> call, string? bound)
    {
        var refused = await Assert.ThrowsExactlyAsync<MethodException>(call);
        Assert.AreEqual((int)GoogleRpcCode.FailedPrecondition, refused.Code, refused.Message);
        Assert.AreEqual((Outcomes.NotApplied, bound), (refused.ErrorData!.Outcome, refused.ErrorData.Bound), refused.Message);
        StringAssert.EndsWith(refused.Message, refused.Message.Contains("Es wurde", StringComparison.Ordinal) ? "Es wurde nichts gesendet." : "Nothing was sent.");
        return refused;
    }

    private async Task ConnectsOrNotAsync(string actor, string? bounds, int ranks, int seconds, string? bound, string? why)
    {
        if (bounds is not null)
            _machine.Write(bounds);
        RanksPerNode(8);
        var server = _machine.Start(actor);
        if (bound is null)
        {
            Assert.AreEqual("CONNECTED", (await ConnectAsync(server, ranks: ranks, seconds: seconds)).State);
            Assert.AreEqual((ranks, seconds), (_machine.Reservations.Single().Ranks, (int)(_machine.Reservations[0].Until - _machine.Reservations[0].From)!.Value.TotalSeconds));
            return;
        }

        var refused = await RefusedAsync(() => ConnectAsync(server, ranks: ranks, seconds: seconds), bound);
        Assert.AreEqual($"{why} Only a person can change that, in {_machine.BoundsPath}. Nothing was sent.", refused.Message);
        AssertNothingHappened();
    }

    private void AssertNothingHappened()
    {
        Assert.AreEqual(0, _machine.Reads);
        Assert.IsEmpty(_machine.Connects);
        Assert.IsEmpty(_machine.Disconnects);
        Assert.IsEmpty(_machine.Reservations);
    }

    private void RanksPerNode(int ranks) => _machine.Gateway
        .Setup(g => g.GetNodePoolStatsAsync("acme", "h100-8x", It.IsAny<CancellationToken>()))
        .ReturnsAsync(new GatewayNodePoolStats { NodeCount = 1, RanksPerNode = ranks });
}
