using System.Globalization;
using System.Text;

namespace Companion.Gateway.Credentials;

/// <summary>Characters that editors don't show, and that are easily pasted by accident.</summary>
internal static class InvisibleCharacters
{
    /// <summary>Whether a character is invisible. Spaces, tabs, and line breaks aren't included.</summary>
    public static bool Contains(Rune rune) => rune.Value is not (' ' or '\t' or '\r' or '\n')
        && (Rune.IsWhiteSpace(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control
            || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F)); // fillers and variation selectors

    /// <summary>Returns the character as U+XXXX.</summary>
    public static string Name(Rune rune) => string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}");
}
