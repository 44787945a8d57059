using System.Collections;
using System.Runtime.InteropServices;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// A page of environments, read directly from the response. Objects are created only on request. A page can be used until the next one is
/// requested.
/// </summary>
public sealed class GatewayEnvironmentPage : IReadOnlyList<GatewayEnvironment>
{
    private readonly GatewayResponse _response;
    private readonly List<EnvironmentRow> _rows;

    internal GatewayEnvironmentPage(GatewayResponse response, List<EnvironmentRow> rows) => (_response, _rows) = (response, rows);

    /// <inheritdoc/>
    public int Count => _rows.Count;

    /// <summary>When the request was sent, as a timestamp of the client's clock.</summary>
    public long RequestedAt => _response.SentAt;

    /// <summary>When the response was received, by the wall clock.</summary>
    public DateTimeOffset ReceivedAt => _response.ReceivedAt;

    /// <inheritdoc/>
    public GatewayEnvironment this[int index] => View(index).ToEnvironment(RequestedAt);

    /// <summary>Returns an environment without allocating.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public GatewayEnvironmentView View(int index) => new(_response.Body.Span, in CollectionsMarshal.AsSpan(_rows)[index]);

    /// <inheritdoc/>
    public IEnumerator<GatewayEnvironment> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
