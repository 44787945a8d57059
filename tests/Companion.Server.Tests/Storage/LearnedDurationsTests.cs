using Companion.Server.Storage;

namespace Companion.Server.Tests.Storage;

[TestClass]
public sealed class LearnedDurationsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FolderStore _store;
    private readonly LearnedDurations _durations;

    public LearnedDurationsTests() => _durations = new LearnedDurations(_store = new FolderStore(_folder.Path), "https://a.example/");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void They_follow_the_last_few_times()
    {
        Assert.IsNull(_durations.Usual("acme", "h100-8x"));
        _durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(100));
        Assert.AreEqual(TimeSpan.FromSeconds(100), _durations.Usual("acme", "h100-8x"));
        for (var i = 0; i < 12; i++)
            _durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(200));
        Assert.AreEqual(200, _durations.Usual("acme", "h100-8x")!.Value.TotalSeconds, 1);
    }

    [TestMethod]
    public void They_belong_to_one_node_pool_of_one_account_at_one_gateway()
    {
        _durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(100));
        Assert.IsNull(_durations.Usual("other", "h100-8x"));
        Assert.IsNull(_durations.Usual("acme", "h100"));
        Assert.IsNull(new LearnedDurations(_store, "https://b.example/").Usual("acme", "h100-8x"));
    }

    [TestMethod]
    public void Durations_of_version_0_1_0_are_imported_once()
    {
        File.WriteAllText(_folder["durations.json"], "{\"acme/h100-8x\":30,\"acme/odd\":-1}");
        Assert.AreEqual(TimeSpan.FromSeconds(30), _durations.Usual("acme", "h100-8x"));
        Assert.IsNull(_durations.Usual("acme", "odd"));
        Assert.IsFalse(File.Exists(_folder["durations.json"]));
        Assert.AreEqual(TimeSpan.FromSeconds(30), new LearnedDurations(_store, "https://a.example/").Usual("acme", "h100-8x"));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("-5")]
    [DataRow("0")]
    [DataRow("NaN")]
    [DataRow("1E+300")]
    [DataRow("86401")]
    [DataRow("soon")]
    public void A_value_out_of_range_is_neither_used_nor_kept(string value)
    {
        _store.Change(StoreNames.Duration("https://a.example/", "acme", "h100-8x"), _ => value);
        Assert.IsNull(_durations.Usual("acme", "h100-8x"));
        _durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(60));
        Assert.AreEqual(TimeSpan.FromSeconds(60), _durations.Usual("acme", "h100-8x"));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(86_401)]
    public void A_time_out_of_range_is_not_learned(int seconds)
    {
        _durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(60));
        _durations.Learn("acme", "h100-8x", TimeSpan.FromSeconds(seconds));
        Assert.AreEqual(TimeSpan.FromSeconds(60), _durations.Usual("acme", "h100-8x"));
    }
}
