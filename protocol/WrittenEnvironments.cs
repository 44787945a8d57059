using System.Buffers;
using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Protocol;

/// <summary>
/// Environments that are already JSON, because thousands of them may be sent unchanged. Objects are created only when they're accessed.
/// Writing them into a message consumes them.
/// </summary>
/// <param name="fragments">Comma-separated JSON objects, in buffers from the shared pool, to which they are returned.</param>
public sealed class WrittenEnvironments(IReadOnlyList<ArraySegment<byte>> fragments) : IReadOnlyList<EnvironmentInfo>
{
    private IReadOnlyList<EnvironmentInfo>? _objects;
    private bool _isGone;

    /// <summary>True while no objects have been created.</summary>
    internal bool IsWritten => _objects is null;

    /// <inheritdoc/>
    public int Count => Objects.Count;

    private IReadOnlyList<EnvironmentInfo> Objects => _objects ??= Read();

    /// <inheritdoc/>
    public EnvironmentInfo this[int index] => Objects[index];

    /// <inheritdoc/>
    public IEnumerator<EnvironmentInfo> GetEnumerator() => Objects.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes them into a message as a JSON array, once.</summary>
    internal void MoveTo(Utf8JsonWriter writer)
    {
        ObjectDisposedException.ThrowIf(_isGone, this);
        _isGone = true;
        writer.WriteStartArray();
        foreach (var fragment in fragments)
        {
            writer.WriteRawValue(fragment, skipInputValidation: true);
            ArrayPool<byte>.Shared.Return(fragment.Array!);
        }

        writer.WriteEndArray();
    }

    private IReadOnlyList<EnvironmentInfo> Read()
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            MoveTo(writer);
        return JsonSerializer.Deserialize(json.WrittenSpan, ProtocolJson.Default.IReadOnlyListEnvironmentInfo)!;
    }
}

/// <summary>Writes environments, and <see cref="WrittenEnvironments"/> without parsing them.</summary>
public sealed class EnvironmentsConverter : JsonConverter<IReadOnlyList<EnvironmentInfo>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<EnvironmentInfo>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, TypeIn(options));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<EnvironmentInfo> value, JsonSerializerOptions options)
    {
        if (value is WrittenEnvironments { IsWritten: true } written)
            written.MoveTo(writer);
        else
            JsonSerializer.Serialize(writer, value, TypeIn(options));
    }

    private static JsonTypeInfo<IReadOnlyList<EnvironmentInfo>> TypeIn(JsonSerializerOptions options) =>
        (JsonTypeInfo<IReadOnlyList<EnvironmentInfo>>)options.GetTypeInfo(typeof(IReadOnlyList<EnvironmentInfo>));
}
