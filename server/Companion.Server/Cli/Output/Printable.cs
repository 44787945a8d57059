using System.Globalization;
using System.Text;

namespace Companion.Server.Cli.Output;

/// <summary>Text from elsewhere for a terminal.</summary>
internal static class Printable
{
    /// <summary>Removes what a terminal would interpret: control characters, and format characters that change the direction of text.</summary>
    public static string Of(string? text)
    {
        if (text is null)
            return "";
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
                clean.Append(rune);
            else if (Rune.IsWhiteSpace(rune))
                clean.Append(' ');
        }

        return clean.ToString();
    }
}
