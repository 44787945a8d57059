namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class BadMessageTests
{
    private const string NotJson = "Parse error: the body isn't JSON, or is nested deeper than 64";

    [TestMethod]
    [DataRow("")]
    [DataRow(" ")]
    [DataRow("{")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}{}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"} x")]
    [DataRow("{\"jsonrpc\": \"2.0\", \"method\": \"foobar, \"params\": \"bar\", \"baz]")]
    [DataRow("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"},")]
    [DataRow("[] x")]
    [DataRow("\uFEFF{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\"}")]
    [DataRow("{'jsonrpc':'2.0'}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\",}")]
    [DataRow("{\"jsonrpc\":\"2.0\",/* */\"id\":1,\"method\":\"nothing\"}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\",\"params\":{\"a\":\"\\ud8\"}}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":01,\"method\":\"nothing\"}")]
    [DataRow("nul")]
    public async Task A_body_that_is_not_JSON_is_answered_and_the_connection_stays_open(string body)
    {
        var exchange = await Exchange.RunAsync(body, Request(1, "nothing"));

        CollectionAssert.AreEqual(new[] { Error("null", -32700, NotJson), Result("1", "null") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow(new byte[] { 0xFF })]
    [DataRow(new byte[] { 0xC0, 0xAF })]
    [DataRow(new byte[] { 0xED, 0xA0, 0x80 })]
    [DataRow(new byte[] { 0xE2, 0x82 })]
    public async Task Invalid_UTF_8_is_answered_wherever_it_is(byte[] bad)
    {
        byte[][] bodies =
        [
            bad,
            [.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, .. bad, .. "\"}"u8],
            [.. "{\"jsonrpc\":\"2.0\",\"id\":\""u8, .. bad, .. "\",\"method\":\"nothing\"}"u8],
            [.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"lax\",\"params\":{\"x\":\""u8, .. bad, .. "\"}}"u8],
            [.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"nothing\",\""u8, .. bad, .. "\":0}"u8],
        ];

        var exchange = await Exchange.RunAsync([.. bodies.SelectMany(Frames.Of), .. Frames.Of(Request(1, "nothing"))]);

        CollectionAssert.AreEqual(
            Enumerable.Repeat(Error("null", -32700, "Parse error: the body isn't UTF-8"), bodies.Length)
                .Append(Result("1", "null")).ToList(),
            exchange.Replies);
    }

    [TestMethod]
    [DataRow("1", "null", "a message must be an object")]
    [DataRow("\"x\"", "null", "a message must be an object")]
    [DataRow("null", "null", "a message must be an object")]
    [DataRow("{}", "null", "jsonrpc must be \\\"2.0\\\"")]
    [DataRow("{\"id\":1,\"method\":\"nothing\"}", "1", "jsonrpc must be \\\"2.0\\\"")]
    [DataRow("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"nothing\"}", "1", "jsonrpc must be \\\"2.0\\\"")]
    [DataRow("{\"jsonrpc\":2.0,\"id\":1,\"method\":\"nothing\"}", "1", "jsonrpc must be \\\"2.0\\\"")]
    [DataRow("{\"jsonrpc\":{\"a\":[]},\"id\":1,\"method\":\"nothing\"}", "1", "jsonrpc must be \\\"2.0\\\"")]
    [DataRow("{\"jsonrpc\":\"2.0\"}", "null", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1}", "1", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"params\":{}}", "\"a\"", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", "1", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":null}", "1", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":{\"method\":\"x\"}}", "1", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"method\":1,\"params\":\"bar\"}", "null", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\\ud800\"}", "1", "method must be a string of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":\"\\udc00x\",\"method\":\"nothing\"}", "null", "id must be a string, an integer, or null, of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"nothing\"}", "null", "id must be a string, an integer, or null, of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"nothing\"}", "null", "id must be a string, an integer, or null, of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"nothing\"}", "null", "id must be a string, an integer, or null, of at most 256 bytes")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"nothing\"}", "null", "id must be a string, an integer, or null, of at most 256 bytes")]
    public async Task JSON_that_is_not_a_request_is_answered_with_its_id_if_that_is_readable(string body, string id, string why)
    {
        var exchange = await Exchange.RunAsync(body, Request(1, "nothing"));

        CollectionAssert.AreEqual(
            new[] { Error(id, -32600, $"Invalid request: {why}"), Result("1", "null") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("-7")]
    [DataRow("9223372036854775807")]
    [DataRow("null")]
    [DataRow("\"\"")]
    [DataRow("\"1\"")]
    [DataRow("\"a/A\\né€\"")]
    public async Task An_id_is_returned(string id)
    {
        var exchange = await Exchange.RunAsync($$"""{"jsonrpc":"2.0","id": {{id}} ,"method":"nothing"}""");

        CollectionAssert.AreEqual(new[] { Result(id, "null") }, exchange.Replies);
    }

    [TestMethod]
    public async Task Order_escapes_and_additional_members_of_an_envelope_do_not_matter()
    {
        var exchange = await Exchange.RunAsync(
            """ { "params" : { "value" : "x" } , "extra" : [ { } ] , "\u006dethod" : "\u0065cho" , "id" : 1 , "jsonrpc" : "2\u002e0" } """,
            """{"jsonrpc":"2.0","id":2,"method":"nothing","\ud800":1,"params":{}}""",
            """{"jsonrpc":"2.0\ud800","id":3,"method":"nothing"}""",
            """{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"\ud800":1,"id":"\ud800"}}""");

        CollectionAssert.AreEqual(
            new[]
            {
                Result("1", """{"value":"x"}"""),
                Result("2", "null"),
                Error("3", -32600, "Invalid request: jsonrpc must be \\\"2.0\\\""),
            },
            exchange.Replies);
    }

    [TestMethod]
    [DataRow("unknown", ": unknown")]
    [DataRow("Nothing", ": Nothing")]
    [DataRow("", ": ")]
    [DataRow("$/unknown", ": $/unknown")]
    [DataRow("$/cancelRequest", ": $/cancelRequest")] // a notification
    [DataRow("\\u0000\\ud83d\\ude00", "")] // not a name, so it could be anything
    [DataRow("fw_test_0123456789abcdef", "")] // such as a misplaced secret
    public async Task An_unknown_method_is_named(string method, string named)
    {
        var exchange = await Exchange.RunAsync(Request(1, method, "5"));

        CollectionAssert.AreEqual(new[] { Error("1", -32601, $"Method not found{named}") }, exchange.Replies);
    }

    [TestMethod]
    public async Task An_unknown_method_name_is_never_recorded()
    {
        var traffic = new List<JsonRpcTraffic>();
        await Exchange.RunAsync(
            Frames.Of(Request(1, "fw_test_0123456789"), Request(2, "nothing")), configure: rpc => rpc.Handler.Traffic = traffic.Add);

        CollectionAssert.AreEqual(
            new[] { null, null, "nothing", "nothing" }, traffic.Select(static message => message.Method).ToArray());
    }

    [TestMethod]
    public async Task A_very_long_name_is_not_repeated()
    {
        var exchange = await Exchange.RunAsync(Request(1, new string('m', 129)));

        CollectionAssert.AreEqual(new[] { Error("1", -32601, "Method not found") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("[")]
    [DataRow("{\"a\":")]
    public async Task Any_nesting_depth_is_answered(string opening)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, HeaderBlock.MaxBody / opening.Length));
        var start = $"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"lax\",\"params\":";

        var exchange = await Exchange.RunAsync(
            deep, start + deep[..^start.Length], start + deep[..(65 * opening.Length)], Request(1, "nothing"));

        CollectionAssert.AreEqual(
            Enumerable.Repeat(Error("null", -32700, NotJson), 3).Append(Result("1", "null")).ToList(),
            exchange.Replies);
    }

    [TestMethod]
    public async Task Sixty_four_levels_are_accepted_and_one_more_is_not()
    {
        static string Nested(int depth) => string.Concat(new string('[', depth), new string(']', depth));

        var exchange = await Exchange.RunAsync(
            Request(1, "lax", $$"""{"ignored":{{Nested(62)}}}"""), Request(2, "lax", $$"""{"ignored":{{Nested(63)}}}"""));

        CollectionAssert.AreEqual(new[] { Result("1", "0"), Error("null", -32700, NotJson) }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":1,\"message\":\"m\"}}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":1,\"message\":\"m\"}}")]
    [DataRow("{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":1}")]
    [DataRow("{\"result\":1,\"error\":2}")]
    public async Task A_response_without_a_request_is_ignored(string reply)
    {
        var exchange = await Exchange.RunAsync(reply, Request(1, "nothing"));

        CollectionAssert.AreEqual(new[] { Result("1", "null") }, exchange.Replies);
        Assert.HasCount(1, exchange.Diagnostics);
        Assert.AreEqual("ignored: a response without a matching request", exchange.Diagnostics[0].Detail);
    }

    [TestMethod]
    public async Task Notifications_are_never_answered_but_ignored_ones_are_logged()
    {
        var exchange = await Exchange.RunAsync(
            Notification("unknown"), Notification("echo", """{"secret":"fw_test_params"}"""), Notification("nothing"),
            Notification("echo", """{"value":"x"}"""), Notification("$/unknown"),
            Cancel("77"), Notification("$/cancelRequest", "{}"), Notification("$/cancelRequest", "[1]"),
            Notification("$/cancelRequest", "7"), """{"jsonrpc":"2.0","method":"$/cancelRequest"}""");

        Assert.IsEmpty(exchange.Replies);
        CollectionAssert.AreEqual(
            new[]
            {
                new JsonRpcDiagnostic("unknown", "ignored: unknown notification", null),
                new JsonRpcDiagnostic("echo", "ignored: params has an unknown member \"secret\"; allowed members: value", null),
                new JsonRpcDiagnostic("$/unknown", "ignored: unknown notification", null),
                new JsonRpcDiagnostic("$/cancelRequest", "ignored: params must be an object with members id", null),
                new JsonRpcDiagnostic("$/cancelRequest", "ignored: params must be an object with members id", null),
            },
            exchange.Diagnostics);
    }
}
