using System.Buffers;
using System.Text;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class FramingTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(7)]
    [DataRow(16)]
    [DataRow(int.MaxValue)]
    public async Task Messages_arrive_completely_in_chunks_of_any_size(int chunk)
    {
        byte[] input =
        [
            .. Frames.Of(Request(1, "echo", """{"value":"é €"}""")),
            .. "content-LENGTH:50\r\nX-Whatever: a: b\r\n\r\n"u8, .. Pad(Request(2, "nothing"), 50),
            .. "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length:\t 50 \r\n\r\n"u8,
            .. Pad(Request(3, "nothing"), 50),
            .. Frames.Of("{not json"),
            .. Frames.Of("""{"jsonrpc":"2.0","id":4}"""),
            .. Frames.Of(Notification("unknown")),
            .. Frames.Of($"[{Request(5, "nothing")},{Request(6, "nothing")}]"),
            .. Frames.Of(Request(7, "nothing")),
        ];

        var exchange = await Exchange.RunAsync(input, chunk);

        CollectionAssert.AreEqual(
            new[]
            {
                Result("1", """{"value":"é €"}"""),
                Result("2", "null"),
                Result("3", "null"),
                Error("null", -32700, "Parse error: the body isn't JSON, or is nested deeper than 64"),
                Error("4", -32600, "Invalid request: method must be a string of at most 256 bytes"),
                Error("null", -32600, "Invalid request: batches aren't supported"),
                Result("7", "null"),
            },
            exchange.Replies);
        Assert.AreEqual(DisconnectedReason.RemotePartyTerminated, exchange.End.Reason);
    }

    [TestMethod]
    [DataRow("Content-Type: application/vscode-jsonrpc; charset=utf8\r\n")]
    [DataRow("Content-Type: application/vscode-jsonrpc;charset=\"UTF-8\"\r\n")]
    [DataRow("Content-Type: application/json\r\n")]
    [DataRow("CONTENT-TYPE:x\r\nUser-Agent:\r\n")]
    [DataRow("Content-Length: 50\r\n")] // the same value twice, so it's clear where the body ends
    [DataRow("Content-Length: 000050\r\n")]
    public async Task Unambiguous_headers_are_accepted(string header)
    {
        var exchange = await Exchange.RunAsync(
            [.. Encoding.ASCII.GetBytes($"{header}Content-Length: 50\r\n\r\n"), .. Pad(Request(1, "nothing"), 50)]);

        CollectionAssert.AreEqual(new[] { Result("1", "null") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_header_block_of_exactly_8_KiB_is_accepted()
    {
        var body = Request(1, "nothing");
        var end = $"\r\nContent-Length: {body.Length}\r\n\r\n";
        var padding = "X: ".PadRight(HeaderBlock.MaxBytes - end.Length, 'x');

        var exchange = await Exchange.RunAsync(Encoding.ASCII.GetBytes(padding + end + body), chunk: 1000);

        CollectionAssert.AreEqual(new[] { Result("1", "null") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_body_of_exactly_4_MiB_arrives_in_chunks_of_1_KiB()
    {
        var start = """{"jsonrpc":"2.0","id":1,"method":"echo","params":{"value":" """.TrimEnd();
        var value = new string('x', HeaderBlock.MaxBody - start.Length - 3);

        var exchange = await Exchange.RunAsync(Frames.Of($$$"""{{{start}}}{{{value}}}"}}""", Request(2, "nothing")), chunk: 1024);

        CollectionAssert.AreEqual(
            new[] { Result("1", $$"""{"value":"{{value}}"}"""), Result("2", "null") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_body_in_another_character_set_is_rejected_and_the_next_one_is_read()
    {
        var exchange = await Exchange.RunAsync(
        [
            .. "Content-Type: application/json; charset=utf-16\r\nContent-Length: 4\r\n\r\n{\0}\0"u8, .. Frames.Of(Request(1, "nothing")),
        ]);

        CollectionAssert.AreEqual(
            new[]
            {
                Error("null", -32700, "Parse error: the body uses a character set other than UTF-8"),
                Result("1", "null"),
            },
            exchange.Replies);
    }

    [TestMethod]
    [DataRow("\r\n", "a header block has no Content-Length")]
    [DataRow("X: 1\r\n\r\n{}", "a header block has no Content-Length")]
    [DataRow("Content-Length: -1\r\n\r\n{}", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: +5\r\n\r\n{}   ", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 5x\r\n\r\n{}   ", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 5\0\r\n\r\n{}   ", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 0x5\r\n\r\n{}   ", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 5, 5\r\n\r\n{}   ", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 2.0\r\n\r\n{}", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length:\r\n\r\n{}", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 99999999999999999999\r\n\r\n{}", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 4194305\r\n\r\n{}", "Content-Length must be an integer from 0 to 4194304")]
    [DataRow("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "a header block has two different Content-Length values")]
    [DataRow("Content-Length : 2\r\n\r\n{}", "a header line isn't in the form \"name: value\"")]
    [DataRow(": 2\r\n\r\n{}", "a header line isn't in the form \"name: value\"")]
    [DataRow("Content-Length\r\n\r\n{}", "a header line isn't in the form \"name: value\"")]
    [DataRow("{\"jsonrpc\":\"2.0\"}\r\n", "a header line isn't in the form \"name: value\"")]
    [DataRow("Content-Length: 2\n\n{}", "a header line ends with LF instead of CR LF")]
    [DataRow("\n", "a header line ends with LF instead of CR LF")]
    [DataRow("Content-Length: 2\r\nX: 1\n\r\n{}", "a header line ends with LF instead of CR LF")]
    [DataRow("Content-Le", "the stream ended inside a header block")]
    [DataRow("Content-Length: 2\r\n", "the stream ended inside a header block")]
    [DataRow("Content-Length: 2\r\n\r", "the stream ended inside a header block")]
    [DataRow("Content-Length: 2\r\n\r\n", "the stream ended inside a body")]
    [DataRow("Content-Length: 20\r\n\r\n{\"jsonrpc\":\"2.0\"}", "the stream ended inside a body")]
    public async Task A_message_of_unknown_length_ends_the_connection_with_a_reason(string frame, string why)
    {
        foreach (var chunk in new[] { 1, 2, 3, 7, 16, int.MaxValue })
        {
            var exchange = await Exchange.RunAsync([.. Frames.Of(Request(1, "nothing")), .. Encoding.ASCII.GetBytes(frame)], chunk);

            var reported = why.Replace("\"", "\\\"", StringComparison.Ordinal);
            CollectionAssert.AreEqual(
                new[] { Result("1", "null"), Error("null", -32700, $"Parse error: {reported}; the connection was closed") },
                exchange.Replies);
            Assert.AreEqual(why, exchange.End.Exception!.Message);
        }
    }

    [TestMethod]
    [DataRow("X: ")]
    [DataRow("X: 1\r\nY: ")]
    public async Task A_header_block_over_8_KiB_ends_the_connection(string start)
    {
        await using var wire = new Wire();

        await wire.SendRawAsync(Encoding.ASCII.GetBytes(start.PadRight(HeaderBlock.MaxBytes, 'x')));

        Assert.AreEqual(
            Error("null", -32700, "Parse error: a header block is longer than 8192 bytes; the connection was closed"), await wire.ReceiveAsync());
        await wire.EndAsync();
        await Assert.ThrowsExactlyAsync<BadRpcHeaderException>(() => wire.Server.Completion);
    }

    [TestMethod]
    public async Task A_header_block_of_endless_short_lines_ends_the_connection()
    {
        await using var wire = new Wire();

        await wire.SendRawAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("X: 1\r\n", 2000))));

        StringAssert.Contains(await wire.ReceiveAsync(), "longer than 8192 bytes", StringComparison.Ordinal);
    }

    [TestMethod]
    public async Task Messages_of_any_length_are_sent_completely_and_in_order()
    {
        using var output = new MemoryStream();
        var writer = new FrameWriter(output);
        byte[][] bodies = [.. new[] { 0, 1, 65_536, 262_100, 262_144, 1_000_000, 7, 3_000_000 }.Select(static (length, i) => Enumerable.Range(i, length).Select(static n => (byte)n).ToArray())];
        foreach (var body in bodies)
        {
            writer.Write(static (bytes, buffer) => buffer.Write(bytes), body);
            if (body.Length % 2 == 0)
                await writer.FlushAsync();
        }

        await writer.FlushAsync();
        Assert.AreEqual(0, writer.UnsentBytes);
        Assert.IsTrue(output.ToArray().AsSpan().SequenceEqual(bodies.SelectMany(static body => Frames.Of(body)).ToArray()));
    }

    private static byte[] Pad(string body, int length)
    {
        Assert.IsLessThanOrEqualTo(length, body.Length);
        return Encoding.UTF8.GetBytes(body.PadRight(length));
    }
}
