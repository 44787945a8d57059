using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Companion.Sandbox;

namespace Companion.SandboxHost;

/// <summary>Serves a sandbox over HTTP/1.1 on 127.0.0.1, with its faults on real sockets: a reset is a TCP reset.</summary>
public sealed class SandboxHttpServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly SandboxGateway _sandbox;
    private readonly SandboxControl _control;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly Task _accepting;
    private long _bytesSent;

    private SandboxHttpServer(SandboxGateway sandbox, TimeProvider time, int port)
    {
        _sandbox = sandbox;
        _control = new SandboxControl(sandbox);
        _time = time;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        Url = new Uri($"http://{(IPEndPoint)_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    /// <summary>The server's address.</summary>
    public Uri Url { get; }

    /// <summary>The sandbox.</summary>
    public SandboxGateway Sandbox => _sandbox;

    /// <summary>The number of bytes of bodies that clients have received.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Starts the server.</summary>
    /// <param name="time">Measures the delays of scripted faults.</param>
    /// <param name="port">The port, or 0 for any free port.</param>
    public static SandboxHttpServer Start(SandboxGateway sandbox, TimeProvider time, int port = 0) => new(sandbox, time, port);

    /// <summary>Stops the server and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptSocketAsync(_stop.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }

            var serving = ServeAsync(socket);
            _connections[serving] = 0;
            _ = serving.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await Task.Yield();
        using (socket)
        {
            try
            {
                socket.NoDelay = true;
                await using var stream = new NetworkStream(socket, ownsSocket: false);
                var reader = new HttpRequestReader(stream);
                while (await reader.ReadAsync(_stop.Token) is { } request)
                {
                    var response = _control.TryHandle(request) ?? _sandbox.Handle(request);
                    if (response.Delay > TimeSpan.Zero)
                        await Task.Delay(response.Delay, _time, _stop.Token);
                    if (response.Reset)
                    {
                        socket.LingerState = new LingerOption(enable: true, seconds: 0); // Close() then resets the connection
                        return;
                    }

                    if (!await HttpResponseWriter.WriteAsync(stream, response, Count, _stop.Token))
                        return;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
            {
                // The client is gone, or the server is stopping.
            }
        }
    }

    private void Count(int bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
