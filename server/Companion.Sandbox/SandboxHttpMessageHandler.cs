using System.Net;
using System.Text;

namespace Companion.Sandbox;

/// <summary>Sends requests to a sandbox in the same process, so that the client is the same as for a network.</summary>
public sealed class SandboxHttpMessageHandler : HttpMessageHandler
{
    private readonly SandboxGateway _sandbox;
    private readonly TimeProvider _time;

    /// <summary>Creates a handler.</summary>
    /// <param name="time">Measures the delays of scripted faults.</param>
    public SandboxHttpMessageHandler(SandboxGateway sandbox, TimeProvider time)
    {
        _sandbox = sandbox;
        _time = time;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var response = _sandbox.Handle(new SandboxRequest(
            request.Method.Method, request.RequestUri!.PathAndQuery, Header(request, "Authorization"), body)
        {
            UserAgent = Header(request, "User-Agent"),
        });
        if (response.Delay > TimeSpan.Zero)
            await Task.Delay(response.Delay, _time, cancellationToken).ConfigureAwait(false);
        if (response.Reset)
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection was reset.");
        return Response(request, response);
    }

    private static string? Header(HttpRequestMessage request, string name) =>
        request.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static HttpResponseMessage Response(HttpRequestMessage request, SandboxResponse response)
    {
        var http = new HttpResponseMessage((HttpStatusCode)response.Status) { RequestMessage = request, Content = Content(response) };
        foreach (var (name, value) in response.Headers)
        {
            if (!http.Headers.TryAddWithoutValidation(name, value))
            {
                http.Content.Headers.Remove(name);
                http.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return http;
    }

    private static HttpContent Content(SandboxResponse response)
    {
        var body = Encoding.UTF8.GetBytes(response.Body);
        HttpContent content = (response.HugeBodyBytes, response.CutBodyAt) switch
        {
            ({ } huge, _) => new StreamContent(new SandboxFaultStream([], huge, cut: false)),
            (_, { } at) => new StreamContent(new SandboxFaultStream(body[..Math.Min(at, body.Length)], 0, cut: true)),
            _ => new ByteArrayContent(body),
        };
        content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return content;
    }
}
