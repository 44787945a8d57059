using System.Globalization;
using System.Text;
using Companion.Sandbox;

namespace Companion.SandboxHost;

/// <summary>Writes responses to a connection, including their faults.</summary>
internal static class HttpResponseWriter
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Writes a response.</summary>
    /// <param name="sent">Called for each part of the body that was written.</param>
    /// <returns>False if the connection must be closed now.</returns>
    public static async Task<bool> WriteAsync(
        Stream stream, SandboxResponse response, Action<int> sent, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(response.Body);
        if (response.HugeBodyBytes is { } huge)
        {
            await stream.WriteAsync(Head(response, "Transfer-Encoding: chunked"), cancellationToken);
            await WriteChunksAsync(stream, huge, sent, cancellationToken);
            return true;
        }

        var written = response.CutBodyAt is { } at ? body.AsMemory(0, Math.Min(at, body.Length)) : body;
        var announced = response.CutBodyAt is null ? body.Length : Math.Max(body.Length, written.Length + 1);
        await stream.WriteAsync(Head(response, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {announced}")), cancellationToken);
        await stream.WriteAsync(written, cancellationToken);
        sent(written.Length);
        return response.CutBodyAt is null;
    }

    private static async Task WriteChunksAsync(Stream stream, long bytes, Action<int> sent, CancellationToken cancellationToken)
    {
        var chunk = new byte[ChunkBytes];
        Array.Fill(chunk, (byte)' ');
        for (var left = bytes; left > 0; left -= ChunkBytes)
        {
            var size = (int)Math.Min(left, ChunkBytes);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(size.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), cancellationToken);
            await stream.WriteAsync(chunk.AsMemory(0, size), cancellationToken);
            await stream.WriteAsync("\r\n"u8.ToArray(), cancellationToken);
            sent(size);
        }

        await stream.WriteAsync("0\r\n\r\n"u8.ToArray(), cancellationToken);
    }

    private static byte[] Head(SandboxResponse response, string length)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {response.Status} {(System.Net.HttpStatusCode)response.Status}\r\n");
        if (!response.Headers.ContainsKey("Content-Type"))
            head.Append("Content-Type: application/json\r\n");
        foreach (var (name, value) in response.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.UTF8.GetBytes(head.Append(length).Append("\r\n\r\n").ToString());
    }
}
