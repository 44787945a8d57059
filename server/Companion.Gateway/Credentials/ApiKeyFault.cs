namespace Companion.Gateway.Credentials;

/// <summary>Why a text can't be used as an API key.</summary>
/// <param name="Detail">
/// The character as U+XXXX, or the section of the file, depending on the kind, or null. Never any other part of the text.
/// </param>
public sealed record ApiKeyFault(ApiKeyFaultKind Kind, string? Detail = null)
{
    /// <summary>Finds out what's wrong with a key. The gateway checks its length and prefix.</summary>
    /// <returns>Null if an HTTP header can contain the key.</returns>
    public static ApiKeyFault? Of(string text)
    {
        if (text.AsSpan().IsWhiteSpace())
            return new ApiKeyFault(ApiKeyFaultKind.Empty);
        foreach (var rune in text.EnumerateRunes())
        {
            if (InvisibleCharacters.Contains(rune))
                return new ApiKeyFault(ApiKeyFaultKind.InvisibleCharacter, InvisibleCharacters.Name(rune));
        }

        if (HasScheme(text))
            return new ApiKeyFault(ApiKeyFaultKind.Bearer);
        if (IsQuote(text[0]) || IsQuote(text[^1]))
            return new ApiKeyFault(ApiKeyFaultKind.Quotes);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or ' ')
                return new ApiKeyFault(ApiKeyFaultKind.Space);
            if (rune.Value is < '!' or > '~')
                return new ApiKeyFault(ApiKeyFaultKind.OtherCharacter, InvisibleCharacters.Name(rune));
        }

        return null;
    }

    /// <summary>The fault in English, to follow the name of the place that contains the key.</summary>
    public override string ToString() => Kind switch
    {
        ApiKeyFaultKind.Empty => "is empty",
        ApiKeyFaultKind.Quotes => "has a quotation mark before or after the key",
        ApiKeyFaultKind.Bearer => "has \"Bearer\" before the key",
        ApiKeyFaultKind.InvisibleCharacter => $"contains an invisible character ({Detail})",
        ApiKeyFaultKind.Space => "contains a space or line break",
        ApiKeyFaultKind.OtherSection => $"has the key in section {Detail}, which isn't read",
        _ => $"contains a character that isn't allowed in API keys ({Detail})",
    };

    // As shown by curl or web pages: "Authorization: Bearer KEY".
    private static bool HasScheme(string text)
    {
        const string Scheme = "Bearer";
        var at = text.IndexOf(Scheme, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && at + Scheme.Length < text.Length && text[at + Scheme.Length] is ' ' or '\t' or ':';
    }

    private static bool IsQuote(char c) => c is '"' or '\'' or '`' or '´' or (>= '\u2018' and <= '\u201f') or '«' or '»' or '‹' or '›';
}

/// <summary>The kinds of <see cref="ApiKeyFault"/>.</summary>
public enum ApiKeyFaultKind
{
    /// <summary>Empty, or only white space.</summary>
    Empty,

    /// <summary>A quotation mark before or after the key.</summary>
    Quotes,

    /// <summary>The scheme of the Authorization header before the key.</summary>
    Bearer,

    /// <summary>A character that editors don't show: zero width, a byte order mark, a no-break space, or a control character.</summary>
    InvisibleCharacter,

    /// <summary>A space, tab, or line break.</summary>
    Space,

    /// <summary>A character outside ASCII.</summary>
    OtherCharacter,

    /// <summary>In a section of the file that isn't read.</summary>
    OtherSection,
}
