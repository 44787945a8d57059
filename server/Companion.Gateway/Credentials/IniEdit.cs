namespace Companion.Gateway.Credentials;

/// <summary>Changes single lines of an INI file. All others are kept as they are.</summary>
internal static class IniEdit
{
    /// <summary>Sets a value where it's read: in its line if it has one, and otherwise in a new line.</summary>
    /// <param name="beside">The name whose line a new line follows if it has one.</param>
    /// <returns>The text without a change if no way to write the value would be read as that value.</returns>
    public static IniText Set(IniText text, string name, string value, string beside)
    {
        var old = Find(text, name);
        foreach (var quote in (string[])[old is { } line ? QuoteOf(text, line) : "", "", "\"", "'"])
        {
            var written = quote + value + quote;
            var edited = old is { } place ? Replace(text, place, written) : Insert(text, $"{name} = {written}", beside);
            if (Find(edited, name)?.Value == value)
                return edited;
        }

        return text;
    }

    /// <summary>Removes every line whose value is read, or would be without the lines after it.</summary>
    public static IniText Remove(IniText text, string name)
    {
        var removed = text.Parse().Where(line => line.IsRead && line.IsFor(name) && line.Value.Length > 0).Select(static line => line.Index).ToHashSet();
        return text.With([.. text.Lines.Where((_, index) => !removed.Contains(index))]);
    }

    // A blank line of a template is filled in, because a second line would be an error for some of the vendor's tools.
    private static IniLine? Find(IniText text, string name)
    {
        var lines = text.Parse().Where(line => line.IsRead && line.IsFor(name)).ToArray();
        var found = Array.FindLastIndex(lines, static line => line.Value.Length > 0);
        return lines.Length == 0 ? null : lines[found < 0 ? ^1 : found];
    }

    private static string QuoteOf(IniText text, IniLine line) => text.Lines[line.Index][line.Place] is ['"' or '\'', ..] written ? written[..1] : "";

    private static IniText Replace(IniText text, IniLine line, string written)
    {
        var old = text.Lines[line.Index];
        var (start, length) = line.Place.GetOffsetAndLength(old.Length);
        var rest = old[(start + length)..];
        var gap = rest.Length > 0 && !char.IsWhiteSpace(rest[0]) && length == 0 ? " " : ""; // before the comment
        var lines = text.Lines.ToList();
        lines[line.Index] = old[..start] + written + gap + rest;
        return text.With(lines);
    }

    private static IniText Insert(IniText text, string line, string beside)
    {
        var all = text.Parse().ToArray();
        var after = Find(text, beside) ?? all.Where(static one => one.IsRead).Select(static one => (IniLine?)one).LastOrDefault();
        var index = after is { } found ? found.Index + 1
            : all.Length > 0 ? 0 // before the first section
            : text.Lines.Count;

        var lines = text.Lines.ToList();
        var lineBreak = lines.Count > 0 && lines[0].EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        if (index > 0 && !lines[index - 1].EndsWith('\n'))
            lines[index - 1] += lineBreak; // and the last line still has none
        else
            line += lineBreak;
        lines.Insert(index, line);
        return text.With(lines);
    }
}
