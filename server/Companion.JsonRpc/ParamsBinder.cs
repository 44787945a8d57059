using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>Binds params by their metadata, which specifies what's strict.</summary>
public static class ParamsBinder
{
    /// <summary>Binds <paramref name="json"/>. Missing params, in any form that clients send, are treated as an object without members.</summary>
    /// <param name="what">What the object is called in <paramref name="fault"/>.</param>
    /// <param name="fault">If binding fails, a sentence that names the member and what it must be. Never contains the value.</param>
    public static bool TryBind(ReadOnlySpan<byte> json, JsonTypeInfo type, [NotNullWhen(true)] out object? value, out string fault, string what = "params")
    {
        json = IsAbsent(json) ? "{}"u8 : json;
        JsonException? error = null;
        value = default;
        fault = "";
        try
        {
            value = JsonSerializer.Deserialize(json, type);
            if (value is not null)
                return true;
        }
        catch (JsonException e)
        {
            error = e;
        }
        catch (InvalidOperationException)
        {
            // half of a surrogate pair, where the serializer didn't expect it
        }

        fault = new ParamsDiagnosis(error, what).Describe(json, type);
        return false;
    }

    /// <summary>Absent, <c>null</c>, <c>[]</c>, or <c>[null]</c>, which vscode-jsonrpc sends for an undefined argument.</summary>
    private static bool IsAbsent(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
            return true;
        var reader = new Utf8JsonReader(json, Envelope.ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            return reader.TokenType == JsonTokenType.Null;
        reader.Read();
        return reader.TokenType == JsonTokenType.EndArray
            || (reader.TokenType == JsonTokenType.Null && reader.Read() && reader.TokenType == JsonTokenType.EndArray);
    }
}
