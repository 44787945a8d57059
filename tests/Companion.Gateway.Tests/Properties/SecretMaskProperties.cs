using System.Text.RegularExpressions;
using Companion.Gateway.Credentials;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Gateway.Tests.Properties;

[TestClass]
public sealed partial class SecretMaskProperties
{
    /// <summary>Text before a key in the usual format. It doesn't end inside a word.</summary>
    private static readonly Gen<string> Before =
        from text in Texts.Any
        from end in Gen.Elements("", " ", "\"", "=", "Bearer ", "\n", "-", "é ", "/")
        select text.Length == 0 || end.Length > 0 ? text + end : "";

    [TestMethod]
    public void Anything_in_the_format_of_a_key_is_removed_in_any_context() => PropertyTest.ForAll(
        from before in Before
        from key in Texts.Keys
        from after in Texts.Any
        select (Text: before + key + after, Key: key),
        static at =>
        {
            var masked = new SecretMask().Redact(at.Text);
            Assert.DoesNotContain(at.Key, masked);
            Assert.DoesNotMatchRegex(Documented(), masked);
        });

    [TestMethod]
    public void Keys_in_use_are_removed_in_any_context() => PropertyTest.ForAll(
        from before in Texts.Any
        from keys in Texts.KeysInUse.NonEmptyListOf()
        from after in Texts.Any
        select (Text: $"{before}{string.Join(' ', keys)}{after}", Keys: keys),
        static at =>
        {
            var mask = new SecretMask();
            foreach (var key in at.Keys)
                mask.Protect(key);
            var masked = mask.Redact(at.Text);
            foreach (var key in at.Keys)
                Assert.DoesNotContain(key, masked);
            Assert.AreEqual(masked, mask.Redact(masked), "Not the same the second time.");
            Assert.DoesNotContain(at.Keys[0], SecretMask.Redact(at.Text, at.Keys[0]));
        });

    [TestMethod]
    public void Masked_text_is_unchanged() => PropertyTest.ForAll(
        Texts.Any.Shrinking(),
        static text =>
        {
            var masked = SecretMask.Redact(text, apiKey: null);
            Assert.AreEqual(masked, SecretMask.Redact(masked, apiKey: null));
        });

    [TestMethod]
    public void Text_without_a_key_is_unchanged() => PropertyTest.ForAll(
        Texts.Any.Where(static text => !Documented().IsMatch(text)).Shrinking(),
        static text =>
        {
            // Shrinking a text may turn it into a key.
            if (!Documented().IsMatch(text))
                Assert.AreSame(text, new SecretMask().Redact(text));
        });

    [GeneratedRegex(@"\b(fw|fpk)_[A-Za-z0-9_-]{8,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Documented();
}
