using System.Collections;
using System.Runtime.InteropServices;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// One page of environments, read where the answer lies: an object for each is made only where it is asked for. It can be used until the
/// next page is.
/// </summary>
public sealed class GatewayEnvironmentPage : IReadOnlyList<GatewayEnvironment>
{
    private readonly GatewayAnswer _answer;
    private readonly List<EnvironmentRow> _rows;

    internal GatewayEnvironmentPage(GatewayAnswer answer, List<EnvironmentRow> rows) => (_answer, _rows) = (answer, rows);

    /// <inheritdoc/>
    public int Count => _rows.Count;

    /// <summary>When the question was sent, as a timestamp of the client's clock.</summary>
    public long AskedAt => _answer.SentAt;

    /// <summary>When its answer was there, by the wall clock.</summary>
    public DateTimeOffset AnsweredAt => _answer.ReceivedAt;

    /// <inheritdoc/>
    public GatewayEnvironment this[int index] => View(index).ToEnvironment(AskedAt);

    /// <summary>One of the environments, without an object for it.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public GatewayEnvironmentView View(int index) => new(_answer.Body.Span, in CollectionsMarshal.AsSpan(_rows)[index]);

    /// <inheritdoc/>
    public IEnumerator<GatewayEnvironment> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
