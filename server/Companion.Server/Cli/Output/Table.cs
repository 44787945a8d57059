namespace Companion.Server.Cli.Output;

/// <summary>A table for people, or lines with tabs for programs if the output isn't a terminal.</summary>
internal static class Table
{
    /// <summary>Prints the rows.</summary>
    public static void Print(Terminal terminal, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string?>> rows)
    {
        var cells = rows.Select(static row => row.Select(Printable.Of).ToArray()).ToArray();
        if (!terminal.IsOutputTerminal)
        {
            foreach (var row in cells)
                terminal.Print(string.Join('\t', row));
            return;
        }

        var widths = headings.Select((heading, column) => cells.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        var first = Line(headings);
        terminal.Print(terminal.HasStyle ? $"\x1b[1m{first}\x1b[0m" : first);
        foreach (var row in cells)
            terminal.Print(Line(row));

        string Line(IReadOnlyList<string> row) => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
    }
}
