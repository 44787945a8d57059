using System.Net.Http.Headers;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Api;

/// <summary>A request.</summary>
/// <param name="Name">The gateway's name for the call, such as ConnectEnvironment.</param>
/// <param name="PathAndQuery">The escaped path and query.</param>
/// <param name="Json">The body of a POST, or null for a GET.</param>
internal sealed record GatewayCall(string Name, string PathAndQuery, byte[]? Json = null)
{
    /// <summary>The ID of the account that the resources in the response must belong to, or null if the call isn't about a single account.</summary>
    public string? AccountId { get; init; }

    /// <summary>The ID of the requested resource. Null for lists and for calls that return no resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>POST if there's a body. Otherwise GET.</summary>
    public HttpMethod Method => Json is null ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>The time limit, including the response's body: 30 s for a GET, 60 s for a POST.</summary>
    public TimeSpan Limit => TimeSpan.FromSeconds(Json is null ? 30 : 60);

    /// <summary>The path without the query, for logs.</summary>
    public string Path => PathAndQuery.Split('?', 2)[0];
}

/// <summary>A successful response. Its body can be used until this instance is disposed.</summary>
/// <param name="httpStatus">200 to 299.</param>
/// <param name="body">The body, with the API key overwritten. It's disposed with this instance.</param>
internal sealed class GatewayResponse(int httpStatus, HttpResponseHeaders headers, SizeLimitedBody body) : IDisposable
{
    /// <summary>200 to 299.</summary>
    public int HttpStatus => httpStatus;

    /// <summary>Returns a header, cleaned for display, or null.</summary>
    public string? Header(string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? MessageText.Clean(values.FirstOrDefault()?.Trim(), ApiKey) : null;

    /// <summary>The unpacked body. Empty after disposal. Parsers may write to it.</summary>
    public Memory<byte> Body => body.Bytes;

    /// <summary>The key that the request was sent with, which must be masked in everything shown.</summary>
    public required string ApiKey { get; init; }

    /// <summary>When the request was sent, as a timestamp of the clock.</summary>
    public required long SentAt { get; init; }

    /// <summary>When the response was received, by the wall clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc/>
    public void Dispose() => body.Dispose();
}
