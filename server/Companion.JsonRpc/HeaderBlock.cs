using System.Buffers;
using System.Globalization;
using System.Text;

namespace Companion.JsonRpc;

/// <summary>A header block of the LSP base protocol.</summary>
/// <param name="Length">The length of the block in bytes, including the empty line that ends it.</param>
/// <param name="ContentLength">The length of the body in bytes.</param>
/// <param name="IsUtf8">False if Content-Type specifies another character set.</param>
internal readonly record struct HeaderBlock(int Length, int ContentLength, bool IsUtf8)
{
    /// <summary>The maximum length of a header block in bytes, including the empty line that ends it.</summary>
    public const int MaxBytes = 8 * 1024;

    /// <summary>The maximum length of a body in bytes.</summary>
    public const int MaxBody = 4 * 1024 * 1024;

    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8); // RFC 9110, token

    /// <summary>Parses the block at the start of <paramref name="bytes"/>. False when it is not complete yet.</summary>
    /// <remarks>
    /// A line that ends with LF alone is rejected at once, because the CR LF might never come. A Content-Length that's repeated with the same
    /// value is accepted, because it's clear where the body ends.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out HeaderBlock header)
    {
        header = new HeaderBlock(0, -1, IsUtf8: true);
        while (true)
        {
            var rest = bytes[header.Length..Math.Min(bytes.Length, MaxBytes)];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
                return bytes.Length < MaxBytes ? false
                    : throw new BadRpcHeaderException($"a header block is longer than {MaxBytes} bytes");
            if (end == 0 || rest[end - 1] != '\r')
                throw new BadRpcHeaderException("a header line ends with LF instead of CR LF");
            header = header with { Length = header.Length + end + 1 };
            if (end == 1)
                return header.ContentLength >= 0 ? true : throw new BadRpcHeaderException("a header block has no Content-Length");
            header = header.WithLine(rest[..(end - 1)]);
        }
    }

    private HeaderBlock WithLine(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = line[..Math.Max(colon, 0)];
        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
            return WithContentLength(value);
        if (name.IsEmpty || name.ContainsAnyExcept(NameBytes))
            throw new BadRpcHeaderException("a header line isn't in the form \"name: value\"");
        return Ascii.EqualsIgnoreCase(name, "Content-Type"u8) ? this with { IsUtf8 = NamesUtf8(Encoding.ASCII.GetString(value)) } : this;
    }

    private HeaderBlock WithContentLength(ReadOnlySpan<byte> value)
    {
        if (value.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > MaxBody)
        {
            throw new BadRpcHeaderException($"Content-Length must be an integer from 0 to {MaxBody}");
        }

        return ContentLength < 0 || ContentLength == length ? this with { ContentLength = length }
            : throw new BadRpcHeaderException("a header block has two different Content-Length values");
    }

    /// <summary>By the LSP specification, UTF-8 is the default and the only character set, and <c>utf8</c> is an old spelling of it.</summary>
    private static bool NamesUtf8(string contentType)
    {
        const string Name = "charset=";
        var at = contentType.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return at < 0
            || contentType[(at + Name.Length)..].Split(';')[0].Trim(' ', '\t', '"').ToUpperInvariant() is "UTF-8" or "UTF8";
    }
}
