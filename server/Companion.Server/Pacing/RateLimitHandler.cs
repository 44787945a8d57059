using System.Net;
using System.Net.Http.Headers;
using Companion.Gateway.Api;

namespace Companion.Server.Pacing;

/// <summary>Learns from responses how fast requests may be sent.</summary>
internal sealed class RateLimitHandler(RequestRateLimiter rateLimiter, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var wait = response.IsSuccessStatusCode ? null : RetryAfterHeader.Read(response.Headers, time.GetUtcNow());
        if (response.StatusCode == HttpStatusCode.TooManyRequests && (request.Method == HttpMethod.Get || wait is not null || IsUsedUp(response.Headers)))
            rateLimiter.OnTooManyRequests(); // otherwise the account has no capacity for a change, which doesn't limit requests
        if (wait is { } named)
            rateLimiter.OnRetryAfter(named);
        return response;
    }

    // X-RateLimit-Remaining: 0, x-ratelimit-remaining-requests: 0, RateLimit-Remaining: 0; RateLimit: limit=10, remaining=0; RateLimit:
    // "default";r=0
    private static bool IsUsedUp(HttpResponseHeaders headers) => headers.NonValidated.Any(static header =>
        header.Key.Contains("RateLimit-Remaining", StringComparison.OrdinalIgnoreCase)
            ? header.Value.ToString().Trim() == "0"
            : header.Key.Equals("RateLimit", StringComparison.OrdinalIgnoreCase)
                && header.Value.ToString().Split(',', ';').Any(static part => part.Replace(" ", "", StringComparison.Ordinal) is "remaining=0" or "r=0"));
}
