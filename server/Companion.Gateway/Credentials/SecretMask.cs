using System.Globalization;
using System.Text;

namespace Companion.Gateway.Credentials;

/// <summary>
/// Removes API keys from text: anything in their format, <c>\b(fw|fpk)_[A-Za-z0-9_-]{8,}</c>, and all keys in use in any format. An instance
/// remembers all keys that were in use, for logging. Safe for concurrent use.
/// </summary>
public sealed class SecretMask
{
    /// <summary>Replaces a key.</summary>
    public const string Replacement = "[redacted]";

    private const int MinTailLength = 8;

    private readonly Lock _lock = new();
    private volatile string[] _keys = [];

    /// <summary>Adds a key to mask. Blank and known keys are ignored.</summary>
    public void Protect(string? apiKey)
    {
        if (string.IsNullOrWhiteSpace(apiKey))
            return;
        lock (_lock)
        {
            // Longest first, because a key may begin with another one.
            if (!_keys.Contains(apiKey, StringComparer.Ordinal))
                _keys = [.. _keys.Append(apiKey).OrderByDescending(key => key.Length)];
        }
    }

    /// <summary>Removes the remembered keys, and anything in the format of a key.</summary>
    public string Redact(string text)
    {
        foreach (var key in _keys)
            text = text.Replace(key, Replacement, StringComparison.Ordinal);
        return RedactPattern(text);
    }

    /// <summary>Removes a single key, and anything in the format of a key.</summary>
    /// <param name="apiKey">The current key, or null.</param>
    public static string Redact(string text, string? apiKey)
    {
        if (!string.IsNullOrEmpty(apiKey))
            text = text.Replace(apiKey, Replacement, StringComparison.Ordinal);
        return RedactPattern(text);
    }

    /// <summary>
    /// Overwrites a key with asterisks, even if it contains JSON escapes, so that a server can't return it in another member. Text that's too
    /// short to be a key is left unchanged.
    /// </summary>
    /// <param name="text">UTF-8 text. Its length doesn't change, and valid JSON stays valid.</param>
    /// <param name="apiKey">The current key: visible ASCII characters.</param>
    public static void Erase(Span<byte> text, string apiKey)
    {
        if (apiKey.Length < MinTailLength)
            return;
        var key = Encoding.ASCII.GetBytes(apiKey);
        var rest = text;
        for (int at; (at = rest.IndexOf(key)) >= 0; rest = rest[(at + key.Length)..])
            rest.Slice(at, key.Length).Fill((byte)'*');
        if (!text.Contains((byte)'\\'))
            return;
        for (var at = 0; at < text.Length; at += JsonEscape.Read(text[at..], out _))
        {
            if (EscapedLength(text[at..], key) is > 0 and var length)
                text.Slice(at, length).Fill((byte)'*');
        }
    }

    private static int EscapedLength(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        var length = 0;
        foreach (var expected in key)
        {
            if (length >= text.Length)
                return 0;
            length += JsonEscape.Read(text[length..], out var actual);
            if (actual != expected)
                return 0;
        }

        return length;
    }

    // A scanner instead of a Regex, because log lines pass through this from the first millisecond.
    private static string RedactPattern(string text)
    {
        StringBuilder? masked = null;
        var copied = 0;
        var from = 0;
        while (FindKey(text, from, out var start, out var end))
        {
            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, start - copied).Append(Replacement);
            copied = from = end;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    private static bool FindKey(string text, int from, out int start, out int end)
    {
        start = end = 0;
        for (var i = from; ;)
        {
            var underscore = text.IndexOf('_', i);
            if (underscore < 0)
                return false;
            i = underscore + 1;
            start = PrefixStart(text, from, underscore);
            if (start < 0)
                continue;
            end = i;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-'))
                end++;
            if (end - i >= MinTailLength)
                return true;
        }
    }

    private static int PrefixStart(string text, int from, int underscore)
    {
        var head = text.AsSpan(from, underscore - from);
        var length = head.EndsWith("fpk", StringComparison.Ordinal) ? 3 : head.EndsWith("fw", StringComparison.Ordinal) ? 2 : 0;
        if (length == 0)
            return -1;
        var start = underscore - length;
        return start == 0 || !IsWord(text[start - 1]) ? start : -1;
    }

    // The characters of \w in a regular expression.
    private static bool IsWord(char c) =>
        char.IsLetterOrDigit(c) || c is '\u200c' or '\u200d'
        || char.GetUnicodeCategory(c) is UnicodeCategory.ConnectorPunctuation
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
