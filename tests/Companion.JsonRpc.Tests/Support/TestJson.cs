using System.Text.Json;
using System.Text.Json.Serialization;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>Metadata as strict as the protocol's.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Nothing))]
[JsonSerializable(typeof(Text))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(LaxOrder))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(int[]))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(Unserialisable))]
[JsonSerializable(typeof(Unbindable))]
[JsonSerializable(typeof(Slow))]
internal sealed partial class TestJson : JsonSerializerContext;

internal sealed record Nothing;

internal sealed record Text(string Value);

internal sealed record Order
{
    [JsonConverter(typeof(IdConverter))]
    public required string Id { get; init; }

    public required Part Part { get; init; }

    [JsonConverter(typeof(IdConverter))]
    public string? Owner { get; init; }

    public string? Note { get; init; }

    public bool Urgent { get; init; }

    public bool? Gift { get; init; }

    public long Size { get; init; }

    public double Weight { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<Part>? Spares { get; init; }

    public string NeverNull { get; init; } = "";

    [JsonConverter(typeof(MuteConverter))]
    public int Mute { get; init; }

    public DayOfWeek Day { get; init; }

    public Guid Key { get; init; }
}

internal sealed record Part
{
    public required int Count { get; init; }

    [JsonConverter(typeof(RankConverter))]
    public int? Ranks { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record LaxOrder
{
    public int? ProcessId { get; init; }
}

internal sealed record Unserialisable
{
    [JsonConverter(typeof(FailingConverter))]
    public int Value { get; init; }
}

internal sealed record Unbindable
{
    [JsonConverter(typeof(FailingConverter))]
    public int Value { get; init; }
}

/// <summary>A result whose serialization ends when the test requires it.</summary>
[JsonConverter(typeof(SlowConverter))]
internal sealed record Slow(TaskCompletionSource Reached, ManualResetEventSlim Release);

internal sealed class SlowConverter : JsonConverter<Slow>
{
    public override Slow Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, Slow value, JsonSerializerOptions options)
    {
        value.Reached.SetResult();
        value.Release.Wait(TimeSpan.FromSeconds(30));
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}

/// <summary>Returns a description from ToString, and throws the same message.</summary>
internal sealed class IdConverter : JsonConverter<string?>
{
    private const string Expected = "an id of 1 to 63 of a-z, 0-9 and -";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 and < 64 } id
        && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? id : throw new JsonException(Expected);

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ToString() => Expected;
}

/// <summary>Has a more specific message for a wrong value than for a missing one.</summary>
internal sealed class RankConverter : JsonConverter<int?>
{
    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var ranks)
            ? ranks > 0 ? ranks : throw new JsonException("an integer from 1 to 2147483647, not 0 or less")
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options) => throw new NotSupportedException();

    public override string ToString() => "an integer from 1 to 2147483647";
}

/// <summary>Throws without a message.</summary>
internal sealed class MuteConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException();

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Throws an unexpected exception.</summary>
internal sealed class FailingConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new FormatException("fw_test_binding");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) =>
        throw new FormatException("fw_test_writing");
}
