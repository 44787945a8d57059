using System.Threading.Channels;
using Companion.Server.Storage;
using Moq;

namespace Companion.Server.Tests.Storage;

/// <summary>Two processes on one machine that share a folder.</summary>
[TestClass]
public sealed class CrossProcessSignalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CrossProcessSignal _mine;
    private readonly CrossProcessSignal _theirs;

    public CrossProcessSignalTests() => (_mine, _theirs) = (new CrossProcessSignal(new FolderStore(_folder.Path)), new CrossProcessSignal(new FolderStore(_folder.Path)));

    /// <summary>Set by the test runner.</summary>
    public required TestContext TestContext { get; set; }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Every_signal_reaches_a_listener()
    {
        var heard = Channel.CreateUnbounded<int>();
        using var listening = _theirs.Listen(() => heard.Writer.TryWrite(0));
        for (var i = 0; i < 3; i++)
        {
            _mine.Send();
            await heard.Reader.ReadAsync(TestContext.CancellationToken);
        }
    }

    [TestMethod]
    public void A_process_gets_each_signal_of_others_once_and_none_of_its_own()
    {
        Action<string>? onSignal = null;
        var store = new Mock<IDurableStore>(MockBehavior.Strict);
        store.Setup(s => s.Listen(It.IsAny<Action<string>>())).Callback((Action<string> r) => onSignal = r).Returns(NoStore.Nothing);
        store.Setup(s => s.SendSignal(It.IsAny<string>())).Callback((string text) => onSignal!(text));
        var heard = 0;
        var signal = new CrossProcessSignal(store.Object);
        using var listening = signal.Listen(() => heard++);

        signal.Send();
        Assert.AreEqual(0, heard);
        onSignal!("theirs");
        onSignal("theirs");
        Assert.AreEqual(1, heard);
        onSignal("again");
        Assert.AreEqual(2, heard);
        signal.Send();
        Assert.AreEqual(2, heard);
    }
}
