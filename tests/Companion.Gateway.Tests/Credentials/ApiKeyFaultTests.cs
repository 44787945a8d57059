using Companion.Gateway.Credentials;

namespace Companion.Gateway.Tests.Credentials;

[TestClass]
public sealed class ApiKeyFaultTests
{
    private const string Key = "fw_test_0123456789";

    [TestMethod]
    [DataRow(Key)]
    [DataRow("x")]
    [DataRow("sk-\"inner\"-0")]
    [DataRow("Bearer")]
    [DataRow("bearer_token_0123")]
    [DataRow("~!:;=")]
    public void A_key_that_fits_in_a_header_is_valid(string text) => Assert.IsNull(ApiKeyFault.Of(text));

    [TestMethod]
    [DataRow("", ApiKeyFaultKind.Empty, null)]
    [DataRow(" \t", ApiKeyFaultKind.Empty, null)]
    [DataRow($"\"{Key}\"", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"'{Key}'", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"`{Key}`", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"\u201c{Key}\u201d", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"\u201e{Key}\u201c", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"\"{Key}", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"{Key}'", ApiKeyFaultKind.Quotes, null)]
    [DataRow($"Bearer {Key}", ApiKeyFaultKind.Bearer, null)]
    [DataRow($"bearer:{Key}", ApiKeyFaultKind.Bearer, null)]
    [DataRow($"\"Bearer {Key}\"", ApiKeyFaultKind.Bearer, null)]
    [DataRow($"Authorization: BEARER\t{Key}", ApiKeyFaultKind.Bearer, null)]
    [DataRow($"{Key}\u200b", ApiKeyFaultKind.InvisibleCharacter, "U+200B")]
    [DataRow($"\ufeff{Key}", ApiKeyFaultKind.InvisibleCharacter, "U+FEFF")]
    [DataRow($"\u00a0{Key}", ApiKeyFaultKind.InvisibleCharacter, "U+00A0")]
    [DataRow($"Bearer\u00a0{Key}", ApiKeyFaultKind.InvisibleCharacter, "U+00A0")]
    [DataRow("fw_test_\u00ad0123456789", ApiKeyFaultKind.InvisibleCharacter, "U+00AD")]
    [DataRow("fw_test_\u20600123456789", ApiKeyFaultKind.InvisibleCharacter, "U+2060")]
    [DataRow("fw_test_\u202e0123456789", ApiKeyFaultKind.InvisibleCharacter, "U+202E")]
    [DataRow("fw_test_\ufe0f0123456789", ApiKeyFaultKind.InvisibleCharacter, "U+FE0F")]
    [DataRow("fw_test_\u00000123456789", ApiKeyFaultKind.InvisibleCharacter, "U+0000")]
    [DataRow("fw_test_\U000e00200123456789", ApiKeyFaultKind.InvisibleCharacter, "U+E0020")]
    [DataRow("fw_test_ 0123456789", ApiKeyFaultKind.Space, null)]
    [DataRow("fw_test_0123\r\nX: y", ApiKeyFaultKind.Space, null)]
    [DataRow("fw_test_\u00e9123456789", ApiKeyFaultKind.OtherCharacter, "U+00E9")]
    [DataRow("fw_test_\u04301234567", ApiKeyFaultKind.OtherCharacter, "U+0430")]
    public void The_fault_is_reported_without_the_key(string text, ApiKeyFaultKind kind, string? detail)
    {
        var fault = ApiKeyFault.Of(text);
        Assert.AreEqual(new ApiKeyFault(kind, detail), fault);
        Assert.DoesNotContain("0123", $"{fault}");
    }
}
