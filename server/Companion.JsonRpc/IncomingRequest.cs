using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>A request or notification whose params object is bound strictly to the only parameter of its method.</summary>
/// <param name="parameters">The JSON of the params. Valid until the next message is read.</param>
internal sealed class IncomingRequest(ReadOnlyMemory<byte> parameters, JsonSerializerOptions options) : JsonRpcRequest
{
    private ReadOnlyMemory<byte> _json = parameters;

    /// <inheritdoc/>
    public override ArgumentMatchResult TryGetTypedArguments(
        ReadOnlySpan<ParameterInfo> parameters, ReadOnlySpan<string?> parameterNames, Span<object?> typedArguments)
    {
        var type = parameters.IsEmpty ? NoParamsJson.Default.NoParams
            : parameters[0].ParameterType == typeof(RequestId) ? NoParamsJson.Default.CancelParams
            : options.GetTypeInfo(parameters[0].ParameterType);
        if (!ParamsBinder.TryBind(_json.Span, type, out var value, out var fault))
            throw new LocalRpcException(fault) { ErrorCode = (int)JsonRpcErrorCode.InvalidParams };
        if (!parameters.IsEmpty)
            typedArguments[0] = value is CancelParams cancel ? cancel.Id : value;
        _json = default; // the message is kept while its request runs
        return ArgumentMatchResult.Success;
    }
}

/// <summary>The params of a method without a parameter.</summary>
internal sealed record NoParams;

/// <summary>CancelParams of LSP.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record CancelParams
{
    /// <summary>The ID of the request to cancel.</summary>
    [JsonConverter(typeof(IdConverter))]
    public RequestId Id { get; init; }
}

/// <summary>Reads an ID the same way as in an envelope.</summary>
internal sealed class IdConverter : JsonConverter<RequestId>
{
    /// <inheritdoc/>
    public override RequestId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Envelope.TryReadId(ref reader, out var id) ? id : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RequestId value, JsonSerializerOptions options) => throw new NotSupportedException();
}

/// <summary>Metadata of the params above.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(NoParams))]
[JsonSerializable(typeof(CancelParams))]
internal sealed partial class NoParamsJson : JsonSerializerContext;
