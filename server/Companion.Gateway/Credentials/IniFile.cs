using System.Text;

namespace Companion.Gateway.Credentials;

/// <summary>
/// The vendor's lenient INI format: names without a section, in [default], or in [fireworks]; "=" or ":" between name and value; "#" and ";" for
/// comments; values with or without quotes; case-insensitive names, with or without "export". If a value is repeated, the last one that isn't
/// blank counts.
/// </summary>
internal sealed class IniFile
{
    private const int MaxBytes = 64 * 1024;

    private static readonly string[] Sections = ["", "default", "fireworks"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _otherSections = new(StringComparer.OrdinalIgnoreCase);

    private IniFile(string path, string text)
    {
        Path = path;
        var section = "";
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] is '#' or ';')
                continue;
            if (line[0] == '[')
                section = line.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? line[1..end].Trim() : line;
            else if (Parse(line) is not var (name, value))
                continue;
            else if (Sections.Contains(section, StringComparer.OrdinalIgnoreCase))
                _values[name] = value;
            else
                _otherSections.TryAdd(name, section);
        }
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>Reads a file. Never throws because of its content.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="problem">Why the file wasn't read, or null if it was.</param>
    public static IniFile? Read(string path, out IniProblem? problem)
    {
        try
        {
            problem = null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MaxBytes + 1];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MaxBytes)
                problem = new IniProblem("is larger than 64 KiB");
            else if (Decode(bytes.AsSpan(0, length)) is { } text)
                return new IniFile(path, text);
            else
                problem = new IniProblem("isn't a text file");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = new IniProblem("doesn't exist", IsMissing: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            problem = new IniProblem("can't be read");
        }

        return null;
    }

    /// <summary>Returns a value. Null if it's absent or blank.</summary>
    /// <param name="name">The name. Case doesn't matter.</param>
    public string? Get(string name) => _values.GetValueOrDefault(name);

    /// <summary>Returns the first section that has this value but isn't read, or null.</summary>
    /// <param name="name">The name. Case doesn't matter.</param>
    public string? SectionOf(string name) => _otherSections.GetValueOrDefault(name);

    /// <summary>Returns a value without surrounding white space and one pair of quotes.</summary>
    public static string? Unquote(string? value)
    {
        var text = value?.Trim();
        return text is { Length: > 1 } && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1].Trim() : text;
    }

    private static (string Name, string Value)? Parse(string line)
    {
        const string Export = "export ";
        var separator = line.AsSpan().IndexOfAny('=', ':');
        if (separator <= 0)
            return null;
        var name = line[..separator].Trim();
        if (name.StartsWith(Export, StringComparison.Ordinal)) // a line that's also read by a shell
            name = name[Export.Length..].TrimStart();
        var value = Unquote(WithoutComment(line[(separator + 1)..].Trim()));
        return string.IsNullOrEmpty(value) ? null : (name, value);
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

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        // Windows PowerShell's ">" writes UTF-16 with a byte order mark.
        var text = bytes switch
        {
            [0xFF, 0xFE, ..] => Decode(bytes, new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true)),
            [0xFE, 0xFF, ..] => Decode(bytes, new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true)),

            // A comment in a Windows code page must not make the key, which is ASCII either way, unusable.
            _ => Decode(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)) ?? Encoding.Latin1.GetString(bytes),
        };
        return text?.Contains('\0', StringComparison.Ordinal) == false ? text.TrimStart('\uFEFF') : null;
    }

    private static string? Decode(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>Why a file wasn't read.</summary>
/// <param name="Text">The rest of a sentence that begins with the file's path.</param>
/// <param name="IsMissing">True if the file doesn't exist, which is a problem only if the user specified it.</param>
internal sealed record IniProblem(string Text, bool IsMissing = false);
