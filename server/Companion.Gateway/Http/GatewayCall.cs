using System.Net.Http.Headers;

namespace Companion.Gateway;

/// <summary>One request.</summary>
/// <param name="Name">The gateway's name of the call, such as ConnectEnvironment.</param>
/// <param name="PathAndQuery">Escaped path and query.</param>
/// <param name="Json">The body of a POST; null for a GET.</param>
internal sealed record GatewayCall(string Name, string PathAndQuery, byte[]? Json = null)
{
    /// <summary>GET, or POST where there is a body.</summary>
    public HttpMethod Method => Json is null ? HttpMethod.Get : HttpMethod.Post;

    /// <summary>How long it may take, its answer's body included: 30 s for a GET, 60 s for a POST.</summary>
    public TimeSpan Limit => TimeSpan.FromSeconds(Json is null ? 30 : 60);

    /// <summary>The path without its query, for logs.</summary>
    public string Path => PathAndQuery.Split('?', 2)[0];
}

/// <summary>One answer of success.</summary>
/// <param name="HttpStatus">200 to 299.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body, unpacked.</param>
/// <param name="SentAt">When the question was sent, as a timestamp of the clock.</param>
internal sealed record GatewayAnswer(int HttpStatus, HttpResponseHeaders Headers, ReadOnlyMemory<byte> Body, long SentAt);
