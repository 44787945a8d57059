using System.Text;
using Companion.Gateway.Credentials;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Gateway.Tests.Properties;

/// <summary>Generates text and bytes with many of the sequences that cause problems for parsers.</summary>
internal static class Texts
{
    private const string KeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly string[] Pieces =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u0000", "\\ud800", "null", "true", "1e999", "-1", "9", "16", "\"code\":", "\"message\":",
        "\"error\":", "\"status\":", "\"fault\":{\"faultstring\":", "FAILED_PRECONDITION", "<title>", "</title>", "<html>", "&lt;", "&#1114112;",
        " ", "\r\n", "\t", "\0", "\u001b[31m", "\u0085", "\u2028", "\u202e", "\u200d", "\ufeff", "\ufffd", "\ue000", "\ud800", "\udc00", "😀", "é",
        "fw_", "fpk_", "_", "-", ".", "; ", "# ", "=", "'",
    ];

    /// <summary>Any text: random, fragments of all error formats, and very long text.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency(
        (3, ArbMap.Default.GeneratorFor<string?>().Select(static text => text ?? "")),
        (6, Gen.Elements(Pieces).ListOf().Select(string.Concat)),
        (1, Gen.Elements(Pieces).SelectMany(static piece => Gen.Choose(900, 1100).Select(times => Repeat(piece, times)))));

    /// <summary>Any bytes, including UTF-8.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]?>().Select(static bytes => bytes ?? []),
        Any.Select(Encoding.UTF8.GetBytes),
        Any.Select(Encoding.Unicode.GetBytes));

    /// <summary>Text in the format of an API key.</summary>
    public static Gen<string> Keys { get; } =
        from prefix in Gen.Elements("fw_", "fpk_")
        from length in Gen.Choose(8, 64)
        from tail in Gen.Elements(KeyCharacters.ToCharArray()).ArrayOf(length)
        select prefix + new string(tail);

    /// <summary>Keys in use, including unusual formats, but none that's part of its replacement.</summary>
    public static Gen<string> KeysInUse { get; } = Gen.OneOf(
        Keys,
        (from length in Gen.Choose(6, 40)
            from text in Gen.Elements((KeyCharacters + ".+/=~").ToCharArray()).ArrayOf(length)
            select new string(text)).Where(static key => !SecretMask.Replacement.Contains(key, StringComparison.Ordinal)));

    /// <summary>Generates text that's shrunk as text.</summary>
    public static Arbitrary<string> Shrinking(this Gen<string> texts) =>
        Arb.From(texts, ArbMap.Default.ArbFor<string>().Shrinker);

    /// <summary>Generates bytes that are shrunk as bytes.</summary>
    public static Arbitrary<byte[]> Shrinking(this Gen<byte[]> bytes) =>
        Arb.From(bytes, ArbMap.Default.ArbFor<byte[]>().Shrinker);

    private static string Repeat(string piece, int times) => new StringBuilder(piece.Length * times).Insert(0, piece, times).ToString();
}
