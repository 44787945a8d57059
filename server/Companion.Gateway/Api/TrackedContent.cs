using System.Net;
using System.Net.Http.Headers;

namespace Companion.Gateway.Api;

/// <summary>
/// A JSON body that records whether sending it has started. Before that, the request can't have arrived as a whole, regardless of the exception.
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly byte[] _json;

    /// <summary>Creates a body.</summary>
    public TrackedContent(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True as soon as the first byte may have been sent.</summary>
    public bool IsStarted { get; private set; }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        IsStarted = true;
        return stream.WriteAsync(_json, cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
