using System.Net;
using System.Reflection;
using Companion.Gateway.Credentials;
using Companion.Gateway.Json;
using Companion.Gateway.Network;
using Microsoft.Extensions.Logging;

namespace Companion.Gateway.Api;

/// <summary>Sends a request once, and enforces the time limit and the response's size limit.</summary>
internal sealed class GatewayTransport
{
    /// <summary>The maximum size of an unpacked response in bytes.</summary>
    public const int MaxResponseBytes = 4 * 1024 * 1024;

    /// <summary>The maximum number of bytes read of an error's body. The rest is ignored.</summary>
    public const int MaxErrorBytes = 64 * 1024;

    private static readonly string UserAgent = "companion-server/" + (typeof(GatewayTransport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0");

    private readonly HttpClient _http;
    private readonly GatewayUrl _url;
    private readonly Func<string?> _apiKey;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IRequestGate? _gate;
    private readonly ResponseBuffers _buffers;

    public GatewayTransport(
        HttpClient http, GatewayUrl url, Func<string?> apiKey, TimeProvider time, ILogger logger, IRequestGate? gate, ResponseBuffers buffers)
    {
        _http = http;
        _url = url;
        _apiKey = apiKey;
        _time = time;
        _logger = logger;
        _gate = gate;
        _buffers = buffers;
    }

    /// <summary>Sends a request.</summary>
    /// <returns>A successful response with its whole body. The caller must dispose it.</returns>
    /// <exception cref="GatewayException">The call failed.</exception>
    public async Task<GatewayResponse> SendAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = _time.GetTimestamp();
        try
        {
            var response = await SendCoreAsync(call, cancellationToken).ConfigureAwait(false);
            GatewayLog.Answered(
                _logger, call.Name, call.Method, call.Path, call.Json?.Length ?? 0, response.HttpStatus, Elapsed(started), response.Body.Length);
            return response;
        }
        catch (GatewayException e)
        {
            GatewayLog.Failed(_logger, call.Name, call.Method, call.Path, Elapsed(started), GatewayLog.Facts(e));
            throw;
        }
    }

    private double Elapsed(long started) => _time.GetElapsedTime(started).TotalMilliseconds;

    private async Task<GatewayResponse> SendCoreAsync(GatewayCall call, CancellationToken cancellationToken)
    {
        var apiKey = ApiKey(call);
        if (_gate is not null)
            await _gate.EnterAsync(isChange: call.Method == HttpMethod.Post, cancellationToken).ConfigureAwait(false);
        var sentAt = _time.GetTimestamp();
        using var timeout = new CancellationTokenSource(call.Limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = Request(call, apiKey);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportErrors.IsTransportError(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw TransportErrors.FromSendFailure(
                call, e, TransportErrors.Detail(e, apiKey), request.Content as TrackedContent, timeout.IsCancellationRequested);
        }

        using (response)
        {
            return response.IsSuccessStatusCode
                ? await ReadResponseAsync(call, apiKey, response, sentAt, timeout.Token, linked.Token, cancellationToken).ConfigureAwait(false)
                : throw await ReadErrorAsync(call, apiKey, response, linked.Token, cancellationToken).ConfigureAwait(false);
        }
    }

    private string ApiKey(GatewayCall call)
    {
        var apiKey = _apiKey();
        return !string.IsNullOrEmpty(apiKey) && !apiKey.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? apiKey
            : throw TransportErrors.NotSent(
                call, NotSentReason.NoApiKey, GoogleRpcCode.Unauthenticated,
                string.IsNullOrEmpty(apiKey) ? "No API key. Sign in first." : "The API key contains invalid characters.");
    }

    private HttpRequestMessage Request(GatewayCall call, string apiKey)
    {
        var request = new HttpRequestMessage(call.Method, _url.At(call.PathAndQuery))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = call.Json is null ? null : new TrackedContent(call.Json),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + apiKey);
        request.Headers.TryAddWithoutValidation(SendOnce.Marker, "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        return request;
    }

    private async Task<GatewayResponse> ReadResponseAsync(
        GatewayCall call, string apiKey, HttpResponseMessage response, long sentAt, CancellationToken timeout, CancellationToken linked,
        CancellationToken caller)
    {
        var status = (int)response.StatusCode;
        SizeLimitedBody body;
        try
        {
            if (response.Content.Headers.ContentLength > MaxResponseBytes)
                throw TransportErrors.TooLarge(call, status);
            body = await SizeLimitedBody.ReadAsync(response.Content, MaxResponseBytes, _buffers, _time, linked).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportErrors.IsTransportError(e))
        {
            caller.ThrowIfCancellationRequested();
            throw TransportErrors.FromReadFailure(call, status, TransportErrors.Detail(e, apiKey), timeout.IsCancellationRequested);
        }

        if (body.IsTruncated)
        {
            body.Dispose();
            throw TransportErrors.TooLarge(call, status);
        }

        SecretMask.Erase(body.Bytes.Span, apiKey);
        ProtoNames.Normalize(body.Bytes.Span);
        return new GatewayResponse(status, response.Headers, body) { ApiKey = apiKey, SentAt = sentAt, ReceivedAt = _time.GetUtcNow() };
    }

    // The status is known and stays valid even if the rest of the body can't be read.
    private async Task<GatewayException> ReadErrorAsync(
        GatewayCall call, string apiKey, HttpResponseMessage response, CancellationToken linked, CancellationToken caller)
    {
        var body = SizeLimitedBody.Empty;
        try
        {
            body = await SizeLimitedBody.ReadAsync(response.Content, MaxErrorBytes, _buffers, _time, linked).ConfigureAwait(false);
        }
        catch (Exception e) when (TransportErrors.IsTransportError(e))
        {
            caller.ThrowIfCancellationRequested();
        }

        using (body)
            return ErrorResponse.ToException(call, apiKey, response, body, _time.GetUtcNow());
    }
}
