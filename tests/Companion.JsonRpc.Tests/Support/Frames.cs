using System.Globalization;
using System.Text;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>Reads and writes messages without the code under test.</summary>
internal static class Frames
{
    public static byte[] Of(params string[] bodies) => [.. bodies.SelectMany(body => Of(Encoding.UTF8.GetBytes(body)))];

    public static byte[] Of(byte[] body) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")), .. body];

    public static string Request(int id, string method, string? parameters = null) =>
        parameters is null
            ? $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}"}"""
            : $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""";

    public static string Notification(string method, string parameters = "{}") =>
        $$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""";

    public static string Cancel(string id) => Notification("$/cancelRequest", $$"""{"id":{{id}}}""");

    public static string Result(string id, string result) => $$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}""";

    public static string Error(string id, int code, string message) =>
        $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""";

    /// <summary>Splits output into bodies and checks its exact format.</summary>
    public static List<string> Split(ReadOnlySpan<byte> output)
    {
        var bodies = new List<string>();
        while (TryTake(ref output, out var body))
            bodies.Add(body);
        Assert.AreEqual(0, output.Length, "The output ends inside a frame.");
        return bodies;
    }

    public static bool TryTake(ref ReadOnlySpan<byte> output, out string body)
    {
        body = "";
        var end = output.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return false;
        var header = Encoding.ASCII.GetString(output[..end]);
        StringAssert.StartsWith(header, "Content-Length: ", StringComparison.Ordinal);
        var length = int.Parse(header["Content-Length: ".Length..], NumberStyles.None, CultureInfo.InvariantCulture);
        if (output.Length < end + 4 + length)
            return false;
        body = Encoding.UTF8.GetString(output.Slice(end + 4, length));
        output = output[(end + 4 + length)..];
        return true;
    }
}
