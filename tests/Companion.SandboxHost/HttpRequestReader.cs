using System.Globalization;
using System.Text;
using Companion.Sandbox;

namespace Companion.SandboxHost;

/// <summary>Reads HTTP/1.1 requests from a connection. Supports what clients on loopback use.</summary>
internal sealed class HttpRequestReader(Stream stream)
{
    private const int MaxHeaderBytes = 64 * 1024;
    private const int MaxBodyBytes = 8 * 1024 * 1024;

    private byte[] _buffer = new byte[4096];
    private int _length;

    /// <summary>Reads a request. Null if the connection ended or the request is invalid.</summary>
    public async Task<SandboxRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (_length > MaxHeaderBytes || !await FillAsync(cancellationToken))
                return null;
        }

        var lines = Encoding.Latin1.GetString(_buffer, 0, end).Split("\r\n");
        var start = lines[0].Split(' ');
        var headers = lines.Skip(1)
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .ToLookup(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var bodyLength = headers["Content-Length"].FirstOrDefault() is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        if (start.Length != 3 || bodyLength > MaxBodyBytes || headers.Contains("Transfer-Encoding"))
            return null;

        var total = end + 4 + bodyLength;
        while (_length < total)
        {
            if (!await FillAsync(cancellationToken))
                return null;
        }

        var body = Encoding.UTF8.GetString(_buffer, end + 4, bodyLength);
        _buffer.AsSpan(total, _length - total).CopyTo(_buffer);
        _length -= total;
        return new SandboxRequest(start[0], start[1], headers["Authorization"].FirstOrDefault(), body)
        {
            UserAgent = headers["User-Agent"].FirstOrDefault(),
        };
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length)
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
        _length += read;
        return read > 0;
    }
}
