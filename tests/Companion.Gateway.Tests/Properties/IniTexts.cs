using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Gateway.Tests.Properties;

/// <summary>Generates the contents of auth.ini.</summary>
internal static class IniTexts
{
    private const string Visible = "!$%&()*+,-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    public static readonly string[] Names = ["api_key", "account_id"];

    public static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true), new UnicodeEncoding(bigEndian: true, byteOrderMark: true),
    ];

    /// <summary>A value and one of the ways to write it.</summary>
    private static readonly Gen<(string Value, string Written)> Values = Gen.OneOf(
        from value in Word(Visible)
        from end in Gen.Elements("", " ; a comment", "\t# a comment", "   ")
        select (value, value + end),
        from value in Word(Visible + "#;'")
        from end in Gen.Elements("", "; a comment", " # \"quoted\" comment")
        select (value, $"\"{value}\"{end}"),
        from value in Word(Visible + "#;\"")
        select (value, $"'{value}'"));

    /// <summary>A line. Its value is null if it doesn't contain a known name.</summary>
    private static readonly Gen<(string Name, string? Value, string Text)> Lines = Gen.Frequency(
        (5, from name in Gen.Elements(Names)
            from value in Values
            from dress in Gen.Elements<Func<string, string>>(static n => n, static n => n.ToUpperInvariant(), static n => $"  {n} ")
            from separator in Gen.Elements("=", " = ", ":", ": ", "\t=\t")
            select (name, (string?)value.Value, dress(name) + separator + value.Written)),
        (1, from text in Gen.Elements("", "   ", "# api_key = no", "; account_id: no", "api_key =", "account_id = \"\"", "no separator", "= nameless")
            select ("", (string?)null, text)));

    private static readonly Gen<string> Sections = Gen.Elements("", "[default]", "[fireworks]", "[ Default ]", "[other]", "[api_key]", "[unclosed");

    /// <summary>Blocks of lines. The header is empty if there's none.</summary>
    public static readonly Gen<List<(string Header, List<(string Name, string? Value, string Text)> Lines)>> Blocks =
        Sections.Zip(Lines.ListOf().Select(static lines => lines.ToList())).ListOf().Select(static blocks => blocks.ToList());

    /// <summary>Writes blocks, without a line break at the end.</summary>
    public static string Join(List<(string Header, List<(string Name, string? Value, string Text)> Lines)> blocks, string newLine) =>
        string.Join(newLine, blocks.SelectMany(static block => block.Lines.Select(static line => line.Text).Prepend(block.Header)));

    private static Gen<string> Word(string alphabet) =>
        from length in Gen.Choose(1, 40)
        from text in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(text);
}
