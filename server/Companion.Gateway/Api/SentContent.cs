using System.Net;
using System.Net.Http.Headers;

namespace Companion.Gateway.Api;

/// <summary>
/// A JSON body that knows whether any of it was asked for. Until then the request cannot have reached anybody whole, whatever
/// the platform's exception says.
/// </summary>
internal sealed class SentContent : HttpContent
{
    private readonly byte[] _json;

    /// <summary>A body.</summary>
    public SentContent(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True from the moment on that the first byte may be on its way.</summary>
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
