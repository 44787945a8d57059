namespace Companion.Gateway.Tests;

[TestClass]
public sealed class GatewayUrlTests
{
    [TestMethod]
    [DataRow("https://api.fireworks.ai", "https://api.fireworks.ai")]
    [DataRow("  https://api.fireworks.ai/  ", "https://api.fireworks.ai")]
    [DataRow("HTTPS://API.Fireworks.AI", "https://api.fireworks.ai")]
    [DataRow("https://api.fireworks.ai:443", "https://api.fireworks.ai")]
    [DataRow("https://gateway.corp.example:8443/fireworks/", "https://gateway.corp.example:8443/fireworks")]
    [DataRow("https://api.fireworks.ai/v1", "https://api.fireworks.ai")]
    [DataRow("https://api.fireworks.ai/inference/v1/", "https://api.fireworks.ai")]
    [DataRow("https://api.fireworks.ai/inference", "https://api.fireworks.ai")]
    [DataRow("https://corp.example/fireworks/v1", "https://corp.example/fireworks")]
    [DataRow("http://localhost:8080", "http://localhost:8080")]
    [DataRow("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [DataRow("http://127.1.2.3", "http://127.1.2.3")]
    [DataRow("http://[::1]:8080", "http://[::1]:8080")]
    [DataRow("http://loopback", "http://localhost")] // Uri rewrites it, so localhost is what is asked
    [DataRow("sandbox", "sandbox")]
    [DataRow(" Sandbox ", "sandbox")]
    public void Reads(string text, string shown)
    {
        Assert.IsTrue(GatewayUrl.TryParse(text, out var url, out var requirement));
        Assert.IsNull(requirement);
        Assert.AreEqual(shown, url.ToString());
        Assert.AreEqual(shown == "sandbox", url.IsSandbox);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("   ")]
    [DataRow("api.fireworks.ai")]
    [DataRow("/v1")]
    [DataRow("file:///etc/passwd")]
    [DataRow("ftp://api.fireworks.ai")]
    [DataRow("http://api.fireworks.ai")]
    [DataRow("http://10.0.0.1")]
    [DataRow("http://localhost.example")]
    [DataRow("http://127.0.0.1.example")]
    [DataRow("http://0.0.0.0")]
    [DataRow("https://user@api.fireworks.ai")]
    [DataRow("https://user:pass@api.fireworks.ai")]
    [DataRow("https://@api.fireworks.ai")]
    [DataRow("https://api.fireworks.ai?x=1")]
    [DataRow("https://api.fireworks.ai/?")]
    [DataRow("https://api.fireworks.ai#top")]
    [DataRow("https://api.fireworks.ai\\@evil.example")]
    [DataRow("https://api.fire\nworks.ai")]
    [DataRow("https://api.fireworks.ai:0")]
    [DataRow("https://")]
    [DataRow("https://:443")]
    [DataRow("javascript:alert(1)")]
    [DataRow("fw_test_0123456789abcdef")]
    public void Refuses(string? text)
    {
        Assert.IsFalse(GatewayUrl.TryParse(text, out var url, out var requirement));
        Assert.IsNull(url);
        Assert.AreEqual(GatewayUrl.Requirement, requirement);
    }

    [TestMethod]
    public void Very_long_URLs_are_rejected() =>
        Assert.IsFalse(GatewayUrl.TryParse("https://api.fireworks.ai/" + new string('a', 3000), out _, out _));

    [TestMethod]
    public void The_sandboxs_address_never_resolves() => Assert.EndsWith(".invalid", GatewayUrl.Sandbox.BaseUri.Host);
}
