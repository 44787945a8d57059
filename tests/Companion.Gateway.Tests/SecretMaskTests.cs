using System.Text.RegularExpressions;
using Companion.Gateway.Credentials;

namespace Companion.Gateway.Tests;

[TestClass]
public sealed partial class SecretMaskTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("nothing here", "nothing here")]
    [DataRow("key fw_12345678 end", "key [redacted] end")]
    [DataRow("key fpk_12345678 end", "key [redacted] end")]
    [DataRow("fw_abc-DEF_123", "[redacted]")]
    [DataRow("\"fw_12345678\",\"fpk_abcdefgh\"", "\"[redacted]\",\"[redacted]\"")]
    [DataRow("fw_1234567", "fw_1234567")]
    [DataRow("xfw_12345678", "xfw_12345678")]
    [DataRow("_fw_12345678", "_fw_12345678")]
    [DataRow("-fw_12345678", "-[redacted]")]
    [DataRow("fw_fw_12345678", "[redacted]")]
    [DataRow("fw_123 fw_12345678", "fw_123 [redacted]")]
    [DataRow("FW_12345678", "FW_12345678")]
    [DataRow("Bearer fw_12345678.", "Bearer [redacted].")]
    public void Removes_anything_in_the_format_of_a_key(string text, string masked) => Assert.AreEqual(masked, new SecretMask().Redact(text));

    [TestMethod]
    public void Removes_keys_in_use_in_any_format()
    {
        var mask = new SecretMask();
        mask.Protect("hunter2");
        mask.Protect("hunter2-and-more");
        mask.Protect("hunter2");
        mask.Protect(null);
        mask.Protect(" ");
        Assert.AreEqual("[redacted] [redacted] Hunter2", mask.Redact("hunter2 hunter2-and-more Hunter2"));
    }

    [TestMethod]
    public void Matches_exactly_like_the_documented_regular_expression()
    {
        string[] parts = ["fw", "fpk", "_", "-", "abcdefgh", "1", " ", "é", "\u0301", "\u203f", "pk", "k_", "fw_", "fpk_1234567"];
        var random = new Random(20261122);
        var mask = new SecretMask();
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            Assert.AreEqual(Documented().Replace(text, SecretMask.Replacement), mask.Redact(text), text);
        }
    }

    [GeneratedRegex(@"\b(fw|fpk)_[A-Za-z0-9_-]{8,}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Documented();
}
