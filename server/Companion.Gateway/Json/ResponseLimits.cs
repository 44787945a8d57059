using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Gateway.Json;

/// <summary>Checks a response before it's deserialized, because a few megabytes of brackets would become hundreds of megabytes of objects.</summary>
internal static class ResponseLimits
{
    /// <summary>The maximum number of values, names, and brackets in a response. A page of 200 environments has about 8,000.</summary>
    public const int MaxTokens = 100_000;

    /// <summary>The maximum nesting depth of a response.</summary>
    public const int MaxDepth = 32;

    /// <summary>Counts the tokens of a response.</summary>
    /// <param name="type">The expected type. An object that has members, but none of this type's, doesn't match. Null accepts anything.</param>
    /// <exception cref="TooManyTokensException">The response has more than <see cref="MaxTokens"/>.</exception>
    /// <exception cref="JsonException">The response isn't JSON, is nested too deep, or is something else.</exception>
    public static int Check(ReadOnlySpan<byte> json, JsonTypeInfo? type = null)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var tokens = 0;
        bool? isKnown = null;
        while (reader.Read())
        {
            if (++tokens > MaxTokens)
                throw new TooManyTokensException();
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && isKnown is not true)
                isKnown = IsKnown(ref reader, type);
        }

        return isKnown is false ? throw new JsonException() : tokens;
    }

    private static bool IsKnown(ref Utf8JsonReader name, JsonTypeInfo? type)
    {
        if (type is not { Properties: { Count: > 0 } members })
            return true;
        foreach (var member in members)
        {
            if (name.ValueTextEquals(member.Name))
                return true;
        }

        return false;
    }
}

/// <summary>A response has more than <see cref="ResponseLimits.MaxTokens"/>.</summary>
internal sealed class TooManyTokensException : JsonException;
