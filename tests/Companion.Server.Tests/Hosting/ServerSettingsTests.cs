using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Sessions;

namespace Companion.Server.Tests.Hosting;

[TestClass]
public sealed class ServerSettingsTests
{
    [TestMethod]
    [DataRow("Visual Studio Code", "1.139.1", null, "1.139.1")]
    [DataRow("Visual Studio Code - Insiders", "1.140.0-insider", null, "1.140.0-insider")]
    [DataRow("Visual Studio Code", "1.139.1", "1.138.0", "1.138.0", DisplayName = "what is said outright wins")]
    [DataRow("code-server", "4.139.1", null, null, DisplayName = "another program's version is not VS Code's")]
    [DataRow("code-server", "4.139.1", "1.139.1", "1.139.1")]
    [DataRow("Visual Studio Code", "", null, null)]
    public void The_version_of_VS_Code_is_filled_in(string name, string version, string? said, string? expected)
    {
        var settings = From(new InitializationOptions { VscodeVersion = said }, new ClientInfo { Name = name, Version = version });
        Assert.AreEqual(expected, settings.VscodeVersion);
    }

    [TestMethod]
    [DataRow(null, null, "https://api.fireworks.ai")]
    [DataRow(null, "https://gateway.example", "https://gateway.example")]
    [DataRow("https://other.example", "https://gateway.example", "https://other.example")]
    [DataRow("http://127.0.0.1:8080", null, "http://127.0.0.1:8080")]
    [DataRow("sandbox", "https://gateway.example", "sandbox")]
    public void The_gateway(string? option, string? variable, string expected) =>
        Assert.AreEqual(expected, From(new InitializationOptions { GatewayUrl = option }, baseUrl: variable).Gateway.ToString());

    [TestMethod]
    [DataRow("http://gateway.example", null, "initializationOptions.gatewayUrl must be ")]
    [DataRow("https://user:fw_test_0123456789@gateway.example", null, "initializationOptions.gatewayUrl must be ")]
    [DataRow("", null, "initializationOptions.gatewayUrl must be ")]
    [DataRow(null, "ftp://gateway.example", "FIREWORKS_BASE_URL must be ")]
    public void An_invalid_gateway_is_named_but_its_value_is_not_repeated(string? option, string? variable, string starts)
    {
        var e = Assert.ThrowsExactly<MethodException>(() => From(new InitializationOptions { GatewayUrl = option }, baseUrl: variable));
        Assert.AreEqual(MethodException.InvalidParams, e.Code);
        StringAssert.StartsWith(e.Message, starts, StringComparison.Ordinal);
        Assert.IsFalse(e.Message.Contains("fw_test", StringComparison.Ordinal));
    }

    private static ServerSettings From(InitializationOptions options, ClientInfo? client = null, string? baseUrl = null) => ServerSettings.From(
        new InitializeParams { ClientInfo = client, InitializationOptions = options },
        baseUrl is null ? null : new FoundValue(baseUrl, CredentialSource.Environment, "FIREWORKS_BASE_URL"));
}
