using System.Globalization;
using System.Text;

namespace Companion.Gateway.Credentials;

/// <summary>Makes foreign words fit to be shown: one line, no control characters, no secrets, not too long.</summary>
internal static class MessageText
{
    /// <summary>The longest message in characters; a longer one ends in an ellipsis.</summary>
    public const int MaxLength = 1000;

    /// <summary>Cleans a message that came from outside.</summary>
    /// <param name="apiKey">The current key, which is masked regardless of its format.</param>
    /// <returns>The message, or null where nothing of it is left.</returns>
    public static string? Clean(string? raw, string? apiKey)
    {
        if (string.IsNullOrEmpty(raw))
            return null;

        // Masked before it is cut: a key at the cut would otherwise lose the look of one and stay.
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

    // Format characters go too: some of them turn the direction of the text around them.
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
