using System.Net;
using Companion.Gateway;

namespace Companion.Server.Environments;

/// <summary>Reads from the answers how fast requests may come.</summary>
/// <param name="pace">Is told.</param>
/// <param name="time">The clock.</param>
/// <param name="inner">Carries the requests.</param>
internal sealed class PacingHandler(RequestPace pace, TimeProvider time, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            pace.ShowedLimit();
        if (!response.IsSuccessStatusCode && RetryAfterHeader.Read(response.Headers, time.GetUtcNow()) is { } wait)
            pace.AskedToWait(wait);
        return response;
    }
}
