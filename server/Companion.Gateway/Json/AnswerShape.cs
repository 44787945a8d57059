using System.Text.Json;

namespace Companion.Gateway;

/// <summary>Looks over an answer before objects are made of it: a few megabytes of brackets would become hundreds.</summary>
internal static class AnswerShape
{
    /// <summary>The most values, names and brackets of an answer. A page of 200 environments has some 8,000.</summary>
    public const int MaxTokens = 100_000;

    /// <summary>How deep an answer may nest.</summary>
    public const int MaxDepth = 32;

    /// <summary>Counts the tokens of an answer.</summary>
    /// <param name="json">The answer.</param>
    /// <exception cref="TooManyTokensException">It has more than <see cref="MaxTokens"/>.</exception>
    /// <exception cref="JsonException">It is not JSON, or nests too deep.</exception>
    public static int CountTokens(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var tokens = 0;
        while (reader.Read())
        {
            if (++tokens > MaxTokens)
                throw new TooManyTokensException();
        }

        return tokens;
    }
}

/// <summary>An answer has more than <see cref="AnswerShape.MaxTokens"/> in it.</summary>
internal sealed class TooManyTokensException : JsonException;
