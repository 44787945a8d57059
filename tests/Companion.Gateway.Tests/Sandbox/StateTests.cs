using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Sandbox;

[TestClass]
public sealed class StateTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly SandboxFixture _sandbox = new();

    [TestMethod]
    public async Task A_connect_takes_time_and_sets_the_zone()
    {
        await _sandbox.Connect("train-a", "a100-west", 3);
        var accepted = _sandbox.Time.GetUtcNow();
        var connecting = await _sandbox.Get("train-a");
        Assert.AreEqual("CONNECTING", connecting.State);
        Assert.AreEqual(accepted, connecting.UpdateTime);
        Assert.AreEqual(new GatewayEnvironmentConnection { NodePoolId = "a100-west", NumRanks = 3 }, connecting.Connection);

        _sandbox.Time.Advance(TimeSpan.FromSeconds(4) - Tick);
        Assert.AreEqual("CONNECTING", await _sandbox.State("train-a"));
        _sandbox.Time.Advance(TimeSpan.FromHours(1));
        var connected = await _sandbox.Get("train-a");
        Assert.AreEqual("CONNECTED", connected.State);
        Assert.AreEqual(accepted.AddSeconds(4), connected.UpdateTime);
        Assert.AreEqual("us-west-2b", connected.Connection!.Zone);
        Assert.IsNull(connected.Status);
    }

    [TestMethod]
    public async Task The_zone_stays_the_same_until_the_connect_is_done()
    {
        Assert.AreEqual("us-east-1a", (await _sandbox.Get("train-b")).Connection!.Zone);
        await _sandbox.Connect("train-b", "a100-west");
        Assert.AreEqual("us-east-1a", (await _sandbox.Get("train-b")).Connection!.Zone);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.AreEqual("us-west-2b", (await _sandbox.Get("train-b")).Connection!.Zone);
    }

    [TestMethod]
    public async Task A_second_connect_is_rejected_while_one_is_pending()
    {
        await _sandbox.Connect("train-a");
        await SandboxFixture.Refused(() => _sandbox.Connect("train-a"), 400, GoogleRpcCode.FailedPrecondition);
        await SandboxFixture.Refused(() => _sandbox.Disconnect("train-a"), 400, GoogleRpcCode.FailedPrecondition);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.AreEqual("CONNECTED", await _sandbox.State("train-a"));
    }

    [TestMethod]
    public async Task A_connect_reconnects_a_connected_environment()
    {
        await _sandbox.Connect("eval-c", "cpu-large");
        Assert.AreEqual("RECONNECTING", await _sandbox.State("eval-c"));
        await SandboxFixture.Refused(() => _sandbox.Connect("eval-c"), 400, GoogleRpcCode.FailedPrecondition);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        var environment = await _sandbox.Get("eval-c");
        Assert.AreEqual(("CONNECTED", "cpu-large"), (environment.State, environment.Connection!.NodePoolId));
    }

    [TestMethod]
    [DataRow("train-a", "CONNECTING")]
    [DataRow("eval-c", "RECONNECTING")]
    public async Task Without_capacity_a_connect_is_accepted_and_fails_later(string environmentId, string pending)
    {
        await _sandbox.Connect(environmentId, "h200-full");
        Assert.AreEqual(pending, await _sandbox.State(environmentId));
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        var environment = await _sandbox.Get(environmentId);
        Assert.AreEqual("DISCONNECTED", environment.State);
        Assert.AreEqual(GoogleRpcCode.ResourceExhausted, environment.Status!.Code);
        Assert.Contains("no capacity", environment.Status.Message!);

        await _sandbox.Connect(environmentId);
        Assert.IsNull((await _sandbox.Get(environmentId)).Status);
    }

    [TestMethod]
    [DataRow(null, 3)]
    [DataRow(true, 6)]
    public async Task A_disconnect_takes_time_and_twice_as_long_with_new_snapshots(bool? resetSnapshots, int seconds)
    {
        await _sandbox.Disconnect("eval-c", resetSnapshots: resetSnapshots);
        Assert.AreEqual("DISCONNECTING", await _sandbox.State("eval-c"));
        await SandboxFixture.Refused(() => _sandbox.Disconnect("eval-c"), 400, GoogleRpcCode.FailedPrecondition);
        await SandboxFixture.Refused(() => _sandbox.Connect("eval-c"), 400, GoogleRpcCode.FailedPrecondition);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(seconds) - Tick);
        Assert.AreEqual("DISCONNECTING", await _sandbox.State("eval-c"));
        _sandbox.Time.Advance(Tick);
        Assert.AreEqual("DISCONNECTED", await _sandbox.State("eval-c"));
    }

    [TestMethod]
    public async Task After_a_failed_snapshot_it_stays_connected_unless_forced()
    {
        await _sandbox.Disconnect("brittle-e", resetSnapshots: true);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(6));
        var environment = await _sandbox.Get("brittle-e");
        Assert.AreEqual(("CONNECTED", GoogleRpcCode.Internal), (environment.State, environment.Status!.Code));
        Assert.AreEqual("cpu-large", environment.Connection!.NodePoolId);

        await _sandbox.Disconnect("brittle-e", force: true);
        Assert.IsNull((await _sandbox.Get("brittle-e")).Status);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.AreEqual("DISCONNECTED", await _sandbox.State("brittle-e"));
    }

    [TestMethod]
    [DataRow("train-a")]
    [DataRow("fresh-d")]
    [DataRow("leaving-f")]
    public async Task Only_a_connected_environment_can_be_disconnected(string environmentId) =>
        await SandboxFixture.Refused(() => _sandbox.Disconnect(environmentId), 400, GoogleRpcCode.FailedPrecondition);

    [TestMethod]
    public async Task A_creating_environment_becomes_ready()
    {
        Assert.AreEqual("CREATING", await _sandbox.State("fresh-d"));
        await SandboxFixture.Refused(() => _sandbox.Connect("fresh-d"), 400, GoogleRpcCode.FailedPrecondition);
        _sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.AreEqual("DISCONNECTED", await _sandbox.State("fresh-d"));
        await _sandbox.Connect("fresh-d");
    }

    [TestMethod]
    public async Task A_deleting_environment_disappears()
    {
        Assert.AreEqual("DELETING", await _sandbox.State("leaving-f"));
        await SandboxFixture.Refused(() => _sandbox.Connect("leaving-f"), 400, GoogleRpcCode.FailedPrecondition);
        _sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        await SandboxFixture.Refused(() => _sandbox.State("leaving-f"), 404, GoogleRpcCode.NotFound);
        await SandboxFixture.Refused(() => _sandbox.Connect("leaving-f"), 404, GoogleRpcCode.NotFound);
    }

    [TestMethod]
    public async Task A_connected_environment_uses_ranks()
    {
        Assert.AreEqual(new NodePoolCapacity(10, 26), await _sandbox.Capacity("h100-8x"));
        await _sandbox.Connect("train-a", numRanks: 4);
        Assert.AreEqual(new NodePoolCapacity(6, 22), await _sandbox.Capacity("h100-8x"));
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        await _sandbox.Disconnect("train-a");
        Assert.AreEqual(new NodePoolCapacity(6, 22), await _sandbox.Capacity("h100-8x"));
        _sandbox.Time.Advance(TimeSpan.FromSeconds(3));
        await _sandbox.Get("train-a");
        Assert.AreEqual(new NodePoolCapacity(10, 26), await _sandbox.Capacity("h100-8x"));
    }

    [TestMethod]
    public async Task A_pool_grows_to_its_maximum_size()
    {
        await _sandbox.Connect("train-a", "a100-west", 15);
        Assert.AreEqual(new NodePoolCapacity(1, 1), await _sandbox.Capacity("a100-west"));
        await _sandbox.Connect("train-b", "a100-west", 2);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.AreEqual("CONNECTED", await _sandbox.State("train-a"));
        Assert.AreEqual("DISCONNECTED", await _sandbox.State("train-b"));

        // An environment's own ranks don't prevent it from reconnecting.
        await _sandbox.Connect("train-a", "a100-west", 16);
        _sandbox.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.AreEqual("CONNECTED", await _sandbox.State("train-a"));
    }

    [TestMethod]
    public async Task A_change_can_be_held()
    {
        _sandbox.Sandbox.HoldChanges(true);
        await _sandbox.Connect("train-a");
        _sandbox.Time.Advance(TimeSpan.FromHours(1));
        Assert.AreEqual("CONNECTING", await _sandbox.State("train-a"));
        _sandbox.Sandbox.HoldChanges(false);
        Assert.AreEqual("CONNECTED", await _sandbox.State("train-a"));
    }

    [TestMethod]
    public async Task The_speed_can_be_changed()
    {
        _sandbox.Sandbox.SetSpeed(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(20));
        await _sandbox.Connect("train-a");
        _sandbox.Time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.AreEqual("CONNECTED", await _sandbox.State("train-a"));
        await _sandbox.Disconnect("train-a");
        _sandbox.Time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.AreEqual("DISCONNECTED", await _sandbox.State("train-a"));
    }
}
