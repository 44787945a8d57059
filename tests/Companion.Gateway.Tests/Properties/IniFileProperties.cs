using System.Text;
using Companion.Gateway.Credentials;
using FsCheck.Fluent;
using Moq;

namespace Companion.Gateway.Tests.Properties;

[TestClass]
public sealed class IniFileProperties : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("companion-test-").FullName;

    private string AuthFile => Path.Combine(_folder, ".fireworks", "auth.ini");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Written_values_are_read() => PropertyTest.ForAll(
        from blocks in IniTexts.Blocks
        from newLine in Gen.Elements("\n", "\r\n")
        from encoding in Gen.Elements(IniTexts.Encodings)
        select (blocks, newLine, encoding),
        at =>
        {
            var expected = new Dictionary<string, string>(StringComparer.Ordinal);
            var text = IniTexts.Join(at.blocks, at.newLine);
            var counts = true;
            foreach (var (header, lines) in at.blocks)
            {
                if (header.Length > 0)
                    counts = header is "[default]" or "[fireworks]" or "[ Default ]";
                foreach (var (name, value, _) in lines.Where(line => counts && line.Value is not null))
                    expected[name] = value!;
            }

            Write([.. at.encoding.GetPreamble(), .. at.encoding.GetBytes(text)]);
            var file = IniFile.Read(AuthFile, out var problem);
            Assert.IsNull(problem);
            foreach (var name in IniTexts.Names)
                Assert.AreEqual(expected.GetValueOrDefault(name), file!.Get(name), text);
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

    private void Write(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(AuthFile)!);
        File.WriteAllBytes(AuthFile, bytes);
    }
}
