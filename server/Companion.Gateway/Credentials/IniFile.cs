using Companion.Gateway.Files;

namespace Companion.Gateway.Credentials;

/// <summary>
/// The vendor's lenient INI format: names without a section, in [default], or in [fireworks]; "=" or ":" between name and value; "#" and ";" for
/// comments; values with or without quotes; case-insensitive names, with or without "export". If a value is repeated, the last one that isn't
/// blank counts.
/// </summary>
internal sealed class IniFile
{
    private const int MaxBytes = 64 * 1024;

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _otherSections = new(StringComparer.OrdinalIgnoreCase);

    private IniFile(string path, IniText text)
    {
        Path = path;
        foreach (var line in text.Parse().Where(static line => line.Value.Length > 0))
        {
            if (line.IsRead)
                _values[line.Name] = line.Value;
            else
                _otherSections.TryAdd(line.Name, line.Section);
        }
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>Reads a file. Never throws because of its content.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="problem">Why the file wasn't read, or null if it was.</param>
    public static IniFile? Read(string path, out IniProblem? problem) =>
        ReadBytes(path, out problem) is { } bytes ? Parse(path, bytes, out problem) : null;

    /// <summary>Reads the content of a file.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="problem">Why the file wasn't read, or null if it was.</param>
    /// <returns>At most one byte more than <see cref="Parse"/> takes.</returns>
    public static byte[]? ReadBytes(string path, out IniProblem? problem)
    {
        try
        {
            problem = null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[MaxBytes + 1];
            return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = new IniProblem("doesn't exist", IsMissing: true);
        }
        catch (Exception e) when (PlainFile.IsTrouble(e))
        {
            problem = new IniProblem("can't be read");
        }

        return null;
    }

    /// <summary>Parses the content of a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="problem">Why the file can't be used, or null if it can.</param>
    public static IniFile? Parse(string path, ReadOnlySpan<byte> bytes, out IniProblem? problem)
    {
        var text = bytes.Length > MaxBytes ? null : IniText.Decode(bytes);
        problem = bytes.Length > MaxBytes ? new IniProblem("is larger than 64 KiB")
            : text is null ? new IniProblem("isn't a text file")
            : null;
        return text is null ? null : new IniFile(path, text);
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
}

/// <summary>Why a file wasn't read.</summary>
/// <param name="Text">The rest of a sentence that begins with the file's path.</param>
/// <param name="IsMissing">True if the file doesn't exist, which is a problem only if the user specified it.</param>
internal sealed record IniProblem(string Text, bool IsMissing = false);
