using System.Text;
using System.Text.Json;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests;

/// <summary>Input that nobody thought of, the same in every run.</summary>
[TestClass]
public sealed class RobustnessTests
{
    private static readonly string[] Seeds =
    [
        Request(1, "echo", """{"value":"\ud83d\ude00 é"}"""),
        Request(2, "order", """{"id":"a","part":{"count":1,"ranks":2},"tags":["x"],"spares":[{"count":1}],"weight":1.5e3}"""),
        Notification("echo", """{"value":"x"}"""),
        Cancel("1"),
        $"[{Request(3, "sum", "[1,2]")},{Notification("update", "[1]")},{Request(4, "sum", "[3]")}]",
        Result("5", """{"value":"x"}"""),
        Error("6", -1, "m"),
        """{"jsonrpc":"2.0","id":"\u0041","method":"lax","params":{"processId":null,"x":{"y":[[]]}}}""",
    ];

    private static readonly byte[][] Splinters =
    [
        .. new[] { "\"", "\\ud800", "\\", "{", "}", "[", "]", ",", ":", "null", "1e999", "\u0000", "\"id\":", "\"method\":", "\"params\":" }
            .Select(Encoding.UTF8.GetBytes),
        [0xFF], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
    ];

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(4)]
    public async Task Bodies_of_any_bytes_leave_the_connection_alive(int seed)
    {
        var random = new Random(seed);
        var bodies = Enumerable.Range(0, 1500).Select(i => i % 5 == 0 ? Noise(random) : Mutated(random));

        var exchange = await Exchange.RunAsync(
            [.. bodies.SelectMany(Frames.Of), .. Frames.Of(Request(77, "nothing"))], random.Next(1, 5000));

        AssertAllAreReplies(exchange.Replies);
        Assert.AreEqual(Result("77", "null"), exchange.Replies[^1]);
        Assert.AreEqual(DisconnectedReason.RemotePartyTerminated, exchange.End.Reason);
        Assert.IsGreaterThan(500, exchange.Replies.Count);
        Assert.AreEqual("", string.Concat(exchange.Diagnostics.Select(diagnostic => diagnostic.Exception)));
    }

    [TestMethod]
    [DataRow(11)]
    [DataRow(12)]
    public async Task Streams_of_any_bytes_end_with_a_reason(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var input = Frames.Of(Seeds);
            for (var mutations = random.Next(1, 4); mutations > 0; mutations--)
                input = Mutate(random, input);

            var exchange = await Exchange.RunAsync(input, random.Next(1, 100));

            AssertAllAreReplies(exchange.Replies);
            Assert.IsTrue(
                exchange.End is { Reason: DisconnectedReason.RemotePartyTerminated } or { Exception: BadRpcHeaderException or EndOfStreamException },
                exchange.End.Description);
        }
    }

    private static void AssertAllAreReplies(List<string> bodies)
    {
        foreach (var body in bodies)
        {
            var reply = JsonElement.Parse(body);
            foreach (var entry in reply.ValueKind == JsonValueKind.Array ? reply.EnumerateArray().ToArray() : [reply])
            {
                Assert.AreEqual("2.0", entry.GetProperty("jsonrpc").GetString());
                Assert.IsTrue(entry.TryGetProperty("id", out _));
                Assert.IsTrue(entry.TryGetProperty("result", out _) ^ entry.TryGetProperty("error", out _));
            }
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(0, 60)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutated(Random random)
    {
        var body = Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]);
        for (var mutations = random.Next(1, 4); mutations > 0; mutations--)
            body = Mutate(random, body);
        return body;
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        var to = Math.Min(bytes.Length, at + random.Next(0, 8));
        return random.Next(4) switch
        {
            0 => [.. bytes[..at], (byte)random.Next(256), .. bytes[(at + 1)..]],
            1 => [.. bytes[..at], .. Splinters[random.Next(Splinters.Length)], .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[to..]],
            _ => [.. bytes[..to], .. bytes[at..]],
        };
    }
}
