using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Companion.Gateway.Tests.Support;

/// <summary>A loopback server that can violate protocols. Each connection is passed to the test after the headers of its request were read.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private int _accepted;

    public RawServer(Func<Socket, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        Url = $"http://{_listener.LocalEndpoint}";
        _accepting = AcceptAsync();
    }

    public string Url { get; }

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Starts a server that responds to each request with these bytes and closes.</summary>
    public static RawServer Answering(params byte[][] parts) => new(async (socket, stop) =>
    {
        await ReadHeadAsync(socket, stop);
        foreach (var part in parts)
            await socket.SendAsync(part, stop);
        socket.Shutdown(SocketShutdown.Send);

        // Waits until the client has closed too, because closing first could lose the response.
        while (await socket.ReceiveAsync(new byte[4096], stop) > 0)
        {
        }
    });

    public static byte[] Head(string statusAndHeaders) => Encoding.Latin1.GetBytes($"HTTP/1.1 {statusAndHeaders}\r\n\r\n");

    public static async Task<string> ReadHeadAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), stop);
            length += read;
            var text = Encoding.Latin1.GetString(buffer, 0, length);
            if (read == 0 || text.Contains("\r\n\r\n", StringComparison.Ordinal))
                return text;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(socket));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over. Stopping a listener between two accepts throws InvalidOperationException.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _serve(socket, _stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException)
            {
                // The client is gone, or the test is over.
            }
        }
    }
}
