using System.Net.Http.Headers;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Api;

/// <summary>One request.</summary>
/// <param name="Name">The gateway's name for the call, such as ConnectEnvironment.</param>
/// <param name="PathAndQuery">The escaped path and query.</param>
/// <param name="Json">The body of a POST, or null for a GET.</param>
internal sealed record GatewayCall(string Name, string PathAndQuery, byte[]? Json = null)
{
    /// <summary>Id of the account that the resources of an answer belong to; null where the call is not about one account.</summary>
    public string? AccountId { get; init; }

    /// <summary>Id of the resource that is asked for; null for a list, and for a call that answers no resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>GET, or POST where there is a body.</summary>
    public HttpMethod Method => Json is null ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>How long it may take, its answer's body included: 30 s for a GET, 60 s for a POST.</summary>
    public TimeSpan Limit => TimeSpan.FromSeconds(Json is null ? 30 : 60);

    /// <summary>The path without its query, for logs.</summary>
    public string Path => PathAndQuery.Split('?', 2)[0];
}

/// <summary>One answer of success. Its body is lent: it ends with the answer.</summary>
/// <param name="httpStatus">200 to 299.</param>
/// <param name="body">The body, with the API key overwritten. It's disposed with this instance.</param>
internal sealed class GatewayAnswer(int httpStatus, HttpResponseHeaders headers, CappedBody body) : IDisposable
{
    /// <summary>200 to 299.</summary>
    public int HttpStatus => httpStatus;

    /// <summary>A header, cleaned as all foreign words are; null where there is none.</summary>
    public string? Header(string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? MessageText.Clean(values.FirstOrDefault()?.Trim(), ApiKey) : null;

    /// <summary>Its body, unpacked; empty once this is disposed of. A parser may write to it.</summary>
    public Memory<byte> Body => body.Bytes;

    /// <summary>The key that it was asked with, to be masked in whatever of the answer is shown.</summary>
    public required string ApiKey { get; init; }

    /// <summary>When the question was sent, as a timestamp of the clock.</summary>
    public required long SentAt { get; init; }

    /// <summary>When the answer was there, by the wall clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <inheritdoc/>
    public void Dispose() => body.Dispose();
}
