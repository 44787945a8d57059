using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class ConnectionBackfillTests
{
    private static readonly ConnectionInfo Known = new() { NodePoolId = "h100-8x", NumRanks = 8, Role = "r", Zone = "z", UseLocalStorage = true };
    private static readonly EnvironmentInfo Before = Samples.Environment("CONNECTED", changed: 1) with { Connection = Known };

    public static IEnumerable<object?[]> SameTime =>
    [
        [null, Known],
        [new ConnectionInfo { NodePoolId = "h100-8x" }, Known],
        [new ConnectionInfo { NodePoolId = "h100-8x", NumRanks = 4, UseLocalStorage = false }, Known with { NumRanks = 4, UseLocalStorage = false }],
        [new ConnectionInfo { NodePoolId = "other" }, new ConnectionInfo { NodePoolId = "other" }],
    ];

    public static IEnumerable<object?[]> Changed =>
    [
        [Before with { UpdateTime = Before.UpdateTime!.Value.AddSeconds(1) }],
        [Before with { UpdateTime = null }],
        [Before with { State = "RECONNECTING" }],
    ];

    [TestMethod]
    [DynamicData(nameof(SameTime))]
    public void Omitted_members_are_unchanged_if_nothing_else_has_changed(ConnectionInfo? seen, ConnectionInfo expected) =>
        Assert.AreEqual(expected, ConnectionBackfill.Complete(Before with { Connection = seen }, Before).Connection);

    [TestMethod]
    [DynamicData(nameof(Changed))]
    public void Omitted_members_of_another_connection_stay_omitted(EnvironmentInfo seen)
    {
        Assert.IsNull(ConnectionBackfill.Complete(seen with { Connection = null }, Before).Connection);
        Assert.IsNull(ConnectionBackfill.Complete(seen with { Connection = new ConnectionInfo { NodePoolId = "h100-8x" } }, Before).Connection!.NumRanks);
    }

    [TestMethod]
    public void Unknown_members_stay_unknown()
    {
        var seen = Before with { Connection = null };
        Assert.IsNull(ConnectionBackfill.Complete(seen, before: null).Connection);
        Assert.IsNull(ConnectionBackfill.Complete(seen, seen).Connection);
        Assert.IsNull(ConnectionBackfill.Complete(seen with { UpdateTime = null }, Before with { UpdateTime = null }).Connection);
    }
}
