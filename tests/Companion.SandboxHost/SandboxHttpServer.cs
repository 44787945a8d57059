using System.Net;
using System.Text;
using Companion.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Hosting;

namespace Companion.SandboxHost;

/// <summary>Serves a sandbox over HTTP/1.1 on 127.0.0.1, with its faults on real sockets: a reset is a TCP reset.</summary>
public sealed class SandboxHttpServer : IAsyncDisposable
{
    private static readonly byte[] Spaces = [.. Enumerable.Repeat((byte)' ', 64 * 1024)];

    private readonly WebApplication _app;
    private readonly SandboxControl _control;
    private readonly TimeProvider _time;

    private SandboxHttpServer(SandboxGateway sandbox, TimeProvider time, int port)
    {
        Sandbox = sandbox;
        _control = new SandboxControl(sandbox);
        _time = time;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, static listen => listen.Protocols = HttpProtocols.Http1));
        _app = builder.Build();
        _app.Run(ServeAsync);
        _app.Start();
        Url = new Uri(_app.Urls.Single());
    }

    /// <summary>The server's address.</summary>
    public Uri Url { get; }

    /// <summary>The sandbox.</summary>
    public SandboxGateway Sandbox { get; }

    /// <summary>Starts the server.</summary>
    /// <param name="time">Measures the delays of scripted faults.</param>
    /// <param name="port">The port, or 0 for any free port.</param>
    public static SandboxHttpServer Start(SandboxGateway sandbox, TimeProvider time, int port = 0) => new(sandbox, time, port);

    /// <summary>Stops the server and closes all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true)); // without waiting for responses
        await _app.DisposeAsync();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var http = context.Request;
        using var body = new StreamReader(http.Body);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var request = new SandboxRequest(http.Method, target, http.Headers.Authorization, await body.ReadToEndAsync(context.RequestAborted))
        {
            UserAgent = http.Headers.UserAgent,
        };
        var response = _control.TryHandle(request) ?? Sandbox.Handle(request);
        if (response.Delay > TimeSpan.Zero)
            await Task.Delay(response.Delay, _time, context.RequestAborted);
        if (response.Reset)
            context.Abort();
        else
            await WriteAsync(context.Response, response, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpResponse http, SandboxResponse response, CancellationToken cancellationToken)
    {
        http.StatusCode = response.Status;
        http.ContentType = "application/json";
        foreach (var (name, value) in response.Headers)
            http.Headers[name] = value;
        if (response.HugeBodyBytes is { } huge)
        {
            for (var left = huge; left > 0; left -= Spaces.Length)
                await http.Body.WriteAsync(Spaces.AsMemory(0, (int)Math.Min(left, Spaces.Length)), cancellationToken);
            return;
        }

        var body = Encoding.UTF8.GetBytes(response.Body);
        var written = response.CutBodyAt is { } at ? body.AsMemory(0, Math.Min(at, body.Length)) : body;
        http.ContentLength = response.CutBodyAt is null ? body.Length : Math.Max(body.Length, written.Length + 1); // if too long, the connection is closed
        await http.Body.WriteAsync(written, cancellationToken);
    }
}
