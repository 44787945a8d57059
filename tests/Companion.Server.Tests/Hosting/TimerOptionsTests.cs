using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Language;
using Companion.Server.Sessions;

namespace Companion.Server.Tests.Hosting;

[TestClass]
public sealed class TimerOptionsTests
{
    private static readonly ServerSettings Settings = ServerSettings.From(
        new InitializeParams
        {
            InitializationOptions = new InitializationOptions { GatewayUrl = "https://gateway.example", StoragePath = "/data", VscodeVersion = "1.139.1" },
        },
        baseUrl: null);

    [TestMethod]
    public void Variables_become_options_and_options_come_first()
    {
        var variables = new GatewayHttpOptions
        {
            EnvironmentProxy = Variable("http://proxy.example:3128"),
            EnvironmentNoProxy = Variable("a.example,b.example"),
            CertificateFiles = [new CertificateFile("NODE_EXTRA_CA_CERTS", "/etc/extra.pem")],
        };
        var (options, obstacle) = Of(variables);
        Assert.IsNull(obstacle);
        Assert.AreEqual(
            ("https://gateway.example", "/data", "1.139.1", "http://proxy.example:3128", "/etc/extra.pem"),
            (options.GatewayUrl, options.StoragePath, options.VscodeVersion, options.Proxy, options.CaFile));
        CollectionAssert.AreEqual(new[] { "a.example", "b.example" }, options.NoProxy!.ToArray());

        (options, _) = Of(variables with { Proxy = "http://other.example", NoProxy = ["c.example"], CaFile = "/etc/ca.pem", StrictSsl = false, IsDirect = true });
        Assert.AreEqual(
            ("http://other.example", "/etc/ca.pem", false, "off"), (options.Proxy, options.CaFile, options.StrictSsl, options.ProxySupport));
        CollectionAssert.AreEqual(new[] { "c.example" }, options.NoProxy!.ToArray());
    }

    [TestMethod]
    [DataRow("http://ana:proxy-password@proxy.example", null)]
    [DataRow("http://ana:pw@proxy.example", null)]
    [DataRow("http://proxy.example", "Basic cHJveHktcGFzc3dvcmQ=")]
    public void A_password_is_not_stored(string proxy, string? authorization) =>
        Assert.AreEqual(
            new Phrases().ProxyPasswordNotStored, Of(new GatewayHttpOptions { Proxy = proxy, ProxyAuthorization = authorization }).Obstacle);

    [TestMethod]
    public void The_sandbox_and_a_session_without_storage_have_no_timers()
    {
        var phrases = new Phrases();
        Assert.IsTrue(GatewayUrl.TryParse("sandbox", out var sandbox, out _));
        Assert.AreEqual(phrases.NotInSandbox, TimerOptions.From(Settings with { Gateway = sandbox }, phrases).Obstacle);
        Assert.AreEqual(phrases.NoStorageFolder, TimerOptions.From(Settings with { StoragePath = null }, phrases).Obstacle);
    }

    private static (InitializationOptions Options, string? Obstacle) Of(GatewayHttpOptions http) =>
        TimerOptions.From(Settings with { Http = http }, new Phrases());

    private static FoundValue Variable(string value) => new(value, CredentialSource.Environment, "a variable");
}
