using System.Globalization;
using System.Text;

namespace Companion.Gateway.Credentials;

/// <summary>Cleans external text for display: one line, no control characters, no secrets, and limited length.</summary>
internal static class MessageText
{
    /// <summary>The maximum length in characters. A longer message is truncated with an ellipsis.</summary>
    public const int MaxLength = 1000;

    /// <summary>Cleans an external message.</summary>
    /// <param name="apiKey">The current key, which is masked regardless of its format.</param>
    /// <returns>The cleaned message, or null if it's empty.</returns>
    public static string? Clean(string? raw, string? apiKey)
    {
        if (string.IsNullOrEmpty(raw))
            return null;

        // Masked before it's truncated. Otherwise, a truncated key might no longer be recognized.
        var text = SecretMask.Redact(OneLine(raw), apiKey);
        return text.Length == 0 ? null : text.Length <= MaxLength ? text : Cut(text);
    }

    private static string OneLine(string raw)
    {
        var text = new StringBuilder(Math.Min(raw.Length, 4 * MaxLength));
        foreach (var rune in raw.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (text.Length > 0 && text[^1] != ' ')
                    text.Append(' ');
            }
            else if (rune != Rune.ReplacementChar && IsShown(Rune.GetUnicodeCategory(rune)))
            {
                text.Append(rune);
            }
        }

        return text.ToString().TrimEnd();
    }

    // Format characters are removed too, because some of them change the direction of the surrounding text.
    private static bool IsShown(UnicodeCategory category) =>
        category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static string Cut(string text)
    {
        var end = MaxLength - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }
}
