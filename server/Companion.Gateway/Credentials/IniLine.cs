namespace Companion.Gateway.Credentials;

/// <summary>A header, or a name with its value, in an INI file.</summary>
/// <param name="Index">The line's index.</param>
/// <param name="Section">The section that the line is in or begins. Empty before the first one.</param>
/// <param name="Name">The name as written. Empty for a header.</param>
/// <param name="Value">The value without quotes and comment. Empty for a header.</param>
/// <param name="Place">Where the line has the value, with its quotes.</param>
internal readonly record struct IniLine(int Index, string Section, string Name, string Value, Range Place)
{
    private static readonly string[] Sections = ["", "default", "fireworks"];

    /// <summary>Whether the section is one in which names are read.</summary>
    public bool IsRead => Sections.Contains(Section, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the line has a value for a name.</summary>
    /// <param name="name">The name. Case doesn't matter.</param>
    public bool IsFor(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses a line.</summary>
    /// <param name="section">The section of the line before.</param>
    /// <returns>Null for a comment, and for anything else without a meaning.</returns>
    public static IniLine? Parse(int index, string line, string section)
    {
        const string Export = "export ";
        var text = line.Trim();
        if (text.Length == 0 || text[0] is '#' or ';')
            return null;
        if (text[0] == '[')
        {
            var header = text.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? text[1..end].Trim() : text;
            return new IniLine(index, header, "", "", default);
        }

        var separator = line.AsSpan().IndexOfAny('=', ':');
        var name = separator < 0 ? "" : line[..separator].Trim();
        if (name.Length == 0)
            return null;
        if (name.StartsWith(Export, StringComparison.Ordinal)) // a line that's also read by a shell
            name = name[Export.Length..].TrimStart();
        var value = WithoutComment(line[(separator + 1)..].Trim()).TrimEnd();
        var start = separator + 1;
        while (start < line.Length && line[start] is not ('\r' or '\n') && char.IsWhiteSpace(line[start]))
            start++;
        return new IniLine(index, section, name, IniFile.Unquote(value)!, start..(start + value.Length));
    }

    private static string WithoutComment(string value)
    {
        // A quoted value ends at the closing quote.
        if (value.Length > 0 && value[0] is '"' or '\'')
        {
            var close = value.IndexOf(value[0], 1);
            return close > 0 ? value[..(close + 1)] : value;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] is '#' or ';' && (i == 0 || char.IsWhiteSpace(value[i - 1])))
                return value[..i];
        }

        return value;
    }
}
