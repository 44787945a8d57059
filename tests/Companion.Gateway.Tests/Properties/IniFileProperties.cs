using System.Text;
using Companion.Gateway.Credentials;
using FsCheck;
using FsCheck.Fluent;
using Moq;

namespace Companion.Gateway.Tests.Properties;

[TestClass]
public sealed class IniFileProperties : IDisposable
{
    private const string Visible = "!$%&()*+,-./0123456789:<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly string[] Names = ["api_key", "account_id"];

    private static readonly Encoding[] Encodings =
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

    private readonly string _folder = Directory.CreateTempSubdirectory("companion-test-").FullName;

    private string AuthFile => Path.Combine(_folder, ".fireworks", "auth.ini");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Written_values_are_read() => PropertyTest.ForAll(
        from blocks in Sections.Zip(Lines.ListOf()).ListOf()
        from newLine in Gen.Elements("\n", "\r\n")
        from encoding in Gen.Elements(Encodings)
        select (blocks, newLine, encoding),
        at =>
        {
            var expected = new Dictionary<string, string>(StringComparer.Ordinal);
            var text = new StringBuilder();
            var counts = true;
            foreach (var (section, lines) in at.blocks)
            {
                if (section.Length > 0)
                    counts = section is "[default]" or "[fireworks]" or "[ Default ]";
                text.Append(section).Append(at.newLine);
                foreach (var (name, value, line) in lines)
                {
                    text.Append(line).Append(at.newLine);
                    if (counts && value is not null)
                        expected[name] = value;
                }
            }

            Write([.. at.encoding.GetPreamble(), .. at.encoding.GetBytes(text.ToString())]);
            var file = IniFile.Read(AuthFile, out var problem);
            Assert.IsNull(problem);
            foreach (var name in Names)
                Assert.AreEqual(expected.GetValueOrDefault(name), file!.Get(name), text.ToString());
        },
        times: 500);

    [TestMethod]
    public void Any_bytes_are_a_file_or_a_problem_and_never_in_a_warning()
    {
        var sources = new CredentialSources(Mock.Of<IProcessEnvironment>(e => e.HomeDirectory == _folder));
        PropertyTest.ForAll(
            from head in Gen.Elements("", "api_key = ", "[default]\napi_key = fw_test_unusable\u00e9", "\ufeff", "account_id=")
            from bytes in Texts.Bytes
            select Encoding.UTF8.GetBytes(head).Concat(bytes).ToArray(),
            bytes =>
            {
                Write(bytes);
                var file = IniFile.Read(AuthFile, out var problem);
                Assert.AreEqual(file is null, problem is not null);

                var found = sources.Find();
                Assert.IsFalse(found.Credential?.ApiKey.AsSpan().ContainsAnyExceptInRange('!', '~') ?? false);
                foreach (var warning in found.Warnings)
                    Assert.DoesNotContain("fw_test", warning);
            },
            times: 500);
    }

    private static Gen<string> Word(string alphabet) =>
        from length in Gen.Choose(1, 40)
        from text in Gen.Elements(alphabet.ToCharArray()).ArrayOf(length)
        select new string(text);

    private void Write(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(AuthFile)!);
        File.WriteAllBytes(AuthFile, bytes);
    }
}
