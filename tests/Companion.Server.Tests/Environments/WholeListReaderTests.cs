using Companion.Server.Environments;

namespace Companion.Server.Tests.Environments;

[TestClass]
public sealed class WholeListReaderTests
{
    private readonly List<string> _read = [];
    private TaskCompletionSource _taken = new();

    [TestMethod]
    public async Task Lists_are_read_one_at_a_time_and_at_the_clients_pace()
    {
        var lists = new WholeListReader(_ => _taken.Task);
        var first = lists.ReadAsync(Pages("a", "b"), _read.Add, CancellationToken.None);
        var second = lists.ReadAsync(Pages("c"), _read.Add, CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "a" }, _read);
        Take();
        CollectionAssert.AreEqual(new[] { "a", "b" }, _read);
        Assert.IsFalse(first.IsCompleted);
        Take();
        await first;
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, _read);
        Take();
        await second;
    }

    [TestMethod]
    public async Task A_failed_or_canceled_list_leaves_its_turn()
    {
        _taken.SetResult();
        var lists = new WholeListReader(_ => _taken.Task);
        await Assert.ThrowsExactlyAsync<InvalidOperationException>(
            () => lists.ReadAsync(Pages("a"), _ => throw new InvalidOperationException(), CancellationToken.None));
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => lists.ReadAsync(Pages("a"), _ => throw new OperationCanceledException(), CancellationToken.None));
        await lists.ReadAsync(Pages("b"), _read.Add, CancellationToken.None);
        CollectionAssert.AreEqual(new[] { "b" }, _read);
    }

    private static IAsyncEnumerable<string> Pages(params string[] pages) => pages.ToAsyncEnumerable();

    private void Take()
    {
        var taken = _taken;
        _taken = new TaskCompletionSource();
        taken.SetResult();
    }
}
