using System.Text;
using System.Text.RegularExpressions;
using Companion.Gateway.Credentials;
using FsCheck;
using FsCheck.Fluent;
using Moq;

namespace Companion.Gateway.Tests.Properties;

[TestClass]
public sealed partial class AuthFileProperties : IDisposable
{
    private static readonly Gen<string> ApiKeys =
        from head in Gen.Elements("", "#", ";", "[", "=")
        from key in Texts.KeysInUse
        select head + key;

    private readonly string _home = Directory.CreateTempSubdirectory("companion-test-").FullName;

    private string IniPath => Path.Combine(_home, ".fireworks", "auth.ini");

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [TestMethod]
    public void A_stored_key_is_read_and_removed_and_all_other_lines_are_kept() => PropertyTest.ForAll(
        from blocks in IniTexts.Blocks
        from newLine in Gen.Elements("\n", "\r\n")
        from end in Gen.Elements("", newLine)
        from encoding in Gen.Elements(IniTexts.Encodings)
        from apiKey in ApiKeys
        from accountId in Gen.Elements("acme", "acme-2")
        select (Text: IniTexts.Join(blocks, newLine) + end, newLine, encoding, apiKey, accountId),
        at =>
        {
            Write([.. at.encoding.GetPreamble(), .. at.encoding.GetBytes(at.Text)]);
            Find().Store(at.apiKey, at.accountId);
            var stored = IniFile.Read(IniPath, out _)!;
            Assert.AreEqual((at.apiKey, at.accountId), (stored.Get("api_key"), stored.Get("account_id")));
            AreOthersKept(at.Text, Text(), at.newLine);
            Assert.AreEqual(at.Text.Length == 0 || at.Text.EndsWith('\n'), Text().EndsWith('\n'));
            foreach (var name in IniTexts.Names)
                IsOneOf(name, at.Text, Text());

            var before = Text();
            Assert.IsTrue(Find().RemoveKey());
            var removed = IniFile.Read(IniPath, out _)!;
            Assert.AreEqual((null, at.accountId), (removed.Get("api_key"), removed.Get("account_id")));
            AreOthersKept(before, Text(), at.newLine);
            CollectionAssert.AreEqual(LinesOf("account_id", before), LinesOf("account_id", Text()));

            string Text()
            {
                var bytes = File.ReadAllBytes(IniPath).AsSpan();
                Assert.IsTrue(bytes.StartsWith(at.encoding.GetPreamble()));
                return at.encoding.GetString(bytes[at.encoding.GetPreamble().Length..]);
            }
        },
        times: 500);

    [TestMethod]
    public void Any_bytes_have_a_stored_key_or_are_kept() => PropertyTest.ForAll(
        from head in Gen.Elements("", "api_key = ", "[default]\napi_key = fw_test_unusable\u00e9", "\ufeff", "account_id=")
        from bytes in Texts.Bytes
        select Encoding.UTF8.GetBytes(head).Concat(bytes).ToArray(),
        bytes =>
        {
            Write(bytes);
            try
            {
                Find().Store("fw_test_0123456789", "acme");
                Assert.AreEqual("fw_test_0123456789", Find().Credential!.ApiKey);
            }
            catch (AuthFileException e)
            {
                Assert.DoesNotContain("fw_test", e.Message);
                CollectionAssert.AreEqual(bytes, File.ReadAllBytes(IniPath));
            }
        },
        times: 500);

    private static void AreOthersKept(string before, string after, string newLine)
    {
        CollectionAssert.AreEqual(Others(before), Others(after));
        if (before.Contains(newLine, StringComparison.Ordinal))
            Assert.IsFalse(after.Replace(newLine, "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n'));

        static string[] Others(string text) => [.. Lines(text).Where(static line => !Known().IsMatch(line))];
    }

    /// <summary>One line with a name is new, or has another value.</summary>
    private static void IsOneOf(string name, string before, string after)
    {
        var (old, now) = (LinesOf(name, before).ToList(), LinesOf(name, after));
        var added = now.Length - old.Count;
        foreach (var line in now)
            old.Remove(line);
        Assert.IsTrue((added, old.Count) is (0, 0) or (0, 1) or (1, 0), after);
    }

    private static string[] LinesOf(string name, string text) => [.. Lines(text).Where(line => Known().Match(line).Value.Contains(name, StringComparison.OrdinalIgnoreCase))];

    private static string[] Lines(string text) => [.. text.ReplaceLineEndings("\n").Split('\n').SkipLast(text.Length == 0 || text.EndsWith('\n') ? 1 : 0)];

    private AuthFile Find() => AuthFile.Find(Mock.Of<IProcessEnvironment>(e => e.HomeDirectory == _home));

    private void Write(byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(IniPath)!);
        File.WriteAllBytes(IniPath, bytes);
    }

    [GeneratedRegex(@"^\s*(api_key|account_id)\s*[=:]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Known();
}
