namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class BatchTests
{
    private const string NotAnObject = """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: a message is an object"}}""";

    /// <summary>The examples of https://www.jsonrpc.org/specification#examples, with this endpoint's messages in the errors.</summary>
    [TestMethod]
    [DataRow("""{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}""", """{"jsonrpc":"2.0","id":1,"result":19}""")]
    [DataRow("""{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}""", """{"jsonrpc":"2.0","id":2,"result":-19}""")]
    [DataRow(
        """{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}""",
        """{"jsonrpc":"2.0","id":3,"result":19}""")]
    [DataRow(
        """{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}""",
        """{"jsonrpc":"2.0","id":4,"result":19}""")]
    [DataRow("""{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}""", null)]
    [DataRow("""{"jsonrpc": "2.0", "method": "foobar"}""", null)]
    [DataRow(
        """{"jsonrpc": "2.0", "method": "foobar", "id": "1"}""",
        """{"jsonrpc":"2.0","id":"1","error":{"code":-32601,"message":"Method not found: foobar"}}""")]
    [DataRow(
        """{"jsonrpc": "2.0", "method": 1, "params": "bar"}""",
        """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: method takes a string of at most 256 bytes"}}""")]
    [DataRow(
        """[ {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method" ]""",
        """{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error: the body is not JSON, or nests deeper than 64"}}""")]
    [DataRow(
        "[]", """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: a batch takes 1 to 1024 messages"}}""")]
    [DataRow("[1]", "[" + NotAnObject + "]")]
    [DataRow("[1,2,3]", "[" + NotAnObject + "," + NotAnObject + "," + NotAnObject + "]")]
    [DataRow("[[]]", "[" + NotAnObject + "]")]
    [DataRow(
        """
        [
            {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
            {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
            {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
            {"foo": "boo"},
            {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
            {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
        ]
        """,
        """[{"jsonrpc":"2.0","id":"1","result":7},"""
        + """{"jsonrpc":"2.0","id":"2","result":19},"""
        + """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Invalid request: jsonrpc takes \"2.0\""}},"""
        + """{"jsonrpc":"2.0","id":"5","error":{"code":-32601,"message":"Method not found: foo.get"}},"""
        + """{"jsonrpc":"2.0","id":"9","result":["hello",5]}]""")]
    [DataRow(
        """
        [
            {"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
            {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}
        ]
        """,
        null)]
    public async Task The_specification_s_examples(string sent, string? answered)
    {
        var exchange = await Exchange.RunAsync(sent, Request(99, "nothing"));

        string[] expected = answered is null ? [] : [answered];
        CollectionAssert.AreEqual(expected.Append(Result("99", "null")).ToList(), exchange.Replies);
    }

    [TestMethod]
    public async Task The_replies_go_out_together_when_the_last_one_is_there()
    {
        var slow = new TaskCompletionSource();
        await using var wire = new Wire(rpc => rpc.AddLocalRpcMethod("slow", (_, _) => slow.Task, TestJson.Default.Nothing));

        await wire.SendAsync($"[{Request(1, "slow")},{Request(2, "nothing")}]", Request(3, "nothing"));
        Assert.AreEqual(Result("3", "null"), await wire.ReceiveAsync());
        slow.SetResult();

        Assert.AreEqual($"[{Result("2", "null")},{Result("1", "null")}]", await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_cancel_inside_a_batch_counts()
    {
        await using var wire = new Wire(rpc => rpc.AddLocalRpcMethod("forever", Forever, TestJson.Default.Nothing));

        await wire.SendAsync($"[{Request(1, "forever")},{Cancel("1")},{Request(2, "nothing")}]");

        var replies = await wire.ReceiveAsync();
        StringAssert.Contains(replies, Error("1", -32800, "The request was cancelled"), StringComparison.Ordinal);
        StringAssert.Contains(replies, Result("2", "null"), StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task An_id_that_is_in_use_is_refused_inside_a_batch_too()
    {
        await using var wire = new Wire(rpc => rpc.AddLocalRpcMethod("forever", Forever, TestJson.Default.Nothing));

        await wire.SendAsync(Request(1, "forever"), $"[{Request(1, "nothing")}]");

        Assert.AreEqual(
            $"[{Error("1", -32600, "Invalid request: a request with this id is not answered yet")}]", await wire.ReceiveAsync());
    }

    [TestMethod]
    public async Task A_batch_has_a_greatest_length()
    {
        static string Batch(int entries) => $"[{string.Join(',', Enumerable.Repeat("1", entries))}]";

        var exchange = await Exchange.RunAsync(Batch(JsonRpc.MaxBatchEntries), Batch(JsonRpc.MaxBatchEntries + 1));

        Assert.AreEqual($"[{string.Join(',', Enumerable.Repeat(NotAnObject, JsonRpc.MaxBatchEntries))}]", exchange.Replies[0]);
        Assert.AreEqual(Error("null", -32600, "Invalid request: a batch takes 1 to 1024 messages"), exchange.Replies[1]);
    }

    private static Task Forever(Nothing nothing, CancellationToken cancellationToken) =>
        Task.Delay(Timeout.Infinite, cancellationToken);
}
