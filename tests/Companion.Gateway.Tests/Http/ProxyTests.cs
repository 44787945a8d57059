using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Gateway.Tests.Support;
using Moq;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class ProxyTests
{
    [TestMethod]
    [DataRow("http://proxy.example:8080", "http://proxy.example:8080/")]
    [DataRow("proxy.example:8080", "http://proxy.example:8080/")]
    [DataRow(" https://proxy.example ", "https://proxy.example/")]
    [DataRow("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080/")]
    [DataRow("socks5h://127.0.0.1:1080", "socks5://127.0.0.1:1080/")]
    [DataRow("SOCKS5H://proxy.example", "socks5://proxy.example:1080/")]
    [DataRow("socks4://proxy.example:9", "socks4://proxy.example:9/")]
    [DataRow("socks4a://proxy.example", "socks4a://proxy.example:1080/")]
    [DataRow("http://me:p%40ss@proxy.example:8080", "http://proxy.example:8080/")]
    public void A_proxy_is_parsed_and_its_password_is_kept_separate(string text, string address)
    {
        foreach (var options in EitherWay(text))
        {
            var proxy = GatewayProxy.Create(options);
            Assert.AreEqual(new Uri(address), proxy.GetProxy(GatewayUrl.Default.BaseUri));
            var credential = proxy.Credentials?.GetCredential(new Uri(address), "Basic");
            Assert.AreEqual(text.Contains('@', StringComparison.Ordinal) ? "me/p@ss" : "/", $"{credential?.UserName}/{credential?.Password}");
        }
    }

    // From the setting, and from the environment variable.
    private static GatewayHttpOptions[] EitherWay(string text) =>
    [
        new GatewayHttpOptions { Proxy = text },
        EnvironmentNetwork.Complete(new GatewayHttpOptions(), Variables(("HTTPS_PROXY", text))),
    ];

    private static IProcessEnvironment Variables(params (string Name, string Value)[] variables)
    {
        var environment = new Mock<IProcessEnvironment>();
        foreach (var (name, value) in variables)
            environment.Setup(e => e.GetVariable(name)).Returns(value);
        return environment.Object;
    }

    [TestMethod]
    [DataRow("ftp://proxy.example")]
    [DataRow("http://")]
    [DataRow("http://secret:pa ss@")]
    [DataRow("::")]
    [DataRow("\"http://proxy.example:8080\"")]
    [DataRow("'http://secret@proxy.example:8080'")]
    [DataRow("“http://proxy.example”")]
    [DataRow("socks://proxy.example")]
    [DataRow("socks6://proxy.example")]
    [DataRow("direct://")]
    [DataRow("http//proxy.example:8080")]
    [DataRow("http://proxy.example:99999")]
    public void An_invalid_proxy_is_rejected_without_being_repeated(string text)
    {
        string[] origins = ["http.proxy", "HTTPS_PROXY"];
        foreach (var (options, origin) in EitherWay(text).Zip(origins))
        {
            var e = Assert.ThrowsExactly<GatewayHttpOptionException>(() => GatewayHttp.CreateHandler(options));
            Assert.AreEqual(origin, e.Option);
            Assert.StartsWith($"{origin} must be ", e.Message);
            Assert.DoesNotContain("secret", e.ToString());
        }
    }

    [TestMethod]
    [DataRow(true, "HTTPS_PROXY,ALL_PROXY")]
    [DataRow(false, "https_proxy,HTTPS_PROXY,all_proxy,ALL_PROXY")]
    public void Where_names_ignore_case_a_variable_is_read_once(bool ignoresCase, string expected) =>
        Assert.AreEqual(expected, string.Join(',', VariableNames.InBothCases(["https_proxy", "all_proxy"], ignoresCase)));

    [TestMethod]
    [DataRow("https_proxy", "HTTPS_PROXY")]
    [DataRow("HTTPS_PROXY", "all_proxy")]
    [DataRow("all_proxy", "ALL_PROXY")]
    [DataRow("ALL_PROXY", "HTTP_PROXY")]
    public void Environment_variables_are_read_in_curls_order(string winner, string loser)
    {
        var options = EnvironmentNetwork.Complete(new GatewayHttpOptions(), Variables((winner, "http://winner.example"), (loser, "http://loser.example")));
        Assert.AreEqual(winner, options.ProxyVariable);
        Assert.AreEqual("winner.example", GatewayProxy.Create(options).GetProxy(GatewayUrl.Default.BaseUri)?.Host);
        Assert.AreEqual("setting.example", GatewayProxy.Create(options with { Proxy = "setting.example" }).GetProxy(GatewayUrl.Default.BaseUri)?.Host);
        Assert.IsNull(GatewayProxy.Create(options with { IsDirect = true }).GetProxy(GatewayUrl.Default.BaseUri));
    }

    [TestMethod]
    public void The_password_from_either_source_is_a_secret()
    {
        foreach (var options in EitherWay("http://me:p%40ssword@proxy.example"))
            CollectionAssert.AreEqual(new[] { "p%40ssword", "p@ssword" }, options.Secrets.ToArray());
    }

    [TestMethod]
    [DataRow("*", "https://api.fireworks.ai", true)]
    [DataRow("api.fireworks.ai", "https://api.fireworks.ai", true)]
    [DataRow("API.fireworks.AI", "https://api.fireworks.ai", true)]
    [DataRow("fireworks.ai", "https://api.fireworks.ai", true)]
    [DataRow(".fireworks.ai", "https://api.fireworks.ai", true)]
    [DataRow("*.fireworks.ai", "https://api.fireworks.ai", true)]
    [DataRow("works.ai", "https://api.fireworks.ai", false)]
    [DataRow("api.fireworks.ai:443", "https://api.fireworks.ai", true)]
    [DataRow("api.fireworks.ai:8443", "https://api.fireworks.ai", false)]
    [DataRow("other.example, fireworks.ai", "https://api.fireworks.ai", true)]
    [DataRow("10.0.0.0/8", "https://10.1.2.3", true)]
    [DataRow("10.0.0.0/8", "https://11.1.2.3", false)]
    [DataRow("10.9.9.9/8", "https://10.1.2.3", true)]
    [DataRow("10.1.2.0/23", "https://10.1.3.255", true)]
    [DataRow("10.1.2.0/23", "https://10.1.4.0", false)]
    [DataRow("0.0.0.0/0", "https://10.1.4.0", true)]
    [DataRow("10.1.2.3", "https://[::ffff:10.1.2.3]", true)]
    [DataRow("[fd00::1]", "https://[fd00::1]", true)]
    [DataRow("fireworks.ai.", "https://api.fireworks.ai", true)]
    [DataRow("fireworks.ai", "https://api.fireworks.ai.", true)]
    [DataRow("a.example\tfireworks.ai\nb.example", "https://api.fireworks.ai", true)]
    [DataRow("*.fireworks.ai:443", "https://api.fireworks.ai", true)]
    [DataRow("bücher.example", "https://xn--bcher-kva.example", true)]
    [DataRow("api.fireworks.ai", "https://fireworks.ai", false)]
    [DataRow("fw_under.example", "https://fw_under.example", true)]
    [DataRow("10.1.2.3", "https://10.1.2.3", true)]
    [DataRow("10.1.2.3:8443", "https://10.1.2.3:8443", true)]
    [DataRow("[fd00::1]:8443", "https://[fd00::1]:8443", true)]
    [DataRow("fd00::/8", "https://[fd00::1]", true)]
    [DataRow("", "https://api.fireworks.ai", false)]
    [DataRow("", "http://localhost:8080", true)]
    [DataRow("", "http://127.0.0.1", true)]
    public void Some_hosts_are_reached_directly(string noProxy, string url, bool isDirect)
    {
        GatewayHttpOptions[] eitherWay =
        [
            new GatewayHttpOptions { Proxy = "http://proxy.example", NoProxy = [noProxy] },
            EnvironmentNetwork.Complete(new GatewayHttpOptions(), Variables(("HTTPS_PROXY", "http://proxy.example"), ("NO_PROXY", noProxy))),
            EnvironmentNetwork.Complete(new GatewayHttpOptions { NoProxy = [noProxy] }, Variables(("ALL_PROXY", "http://proxy.example"))),
        ];
        foreach (var options in eitherWay)
        {
            var proxy = GatewayProxy.Create(options);
            Assert.AreEqual(isDirect, proxy.IsBypassed(new Uri(url)));
            Assert.AreEqual(isDirect, proxy.GetProxy(new Uri(url)) is null);
            Assert.IsEmpty(options.InvalidNoProxyEntries);
        }
    }

    [TestMethod]
    [DataRow("<local>", "<local>")]
    [DataRow("192.168.*", "192.168.*")]
    [DataRow("host:*", "host:*")]
    [DataRow("http://intranet", "http://intranet")]
    [DataRow("https://ada:secret@intranet", "intranet")]
    [DataRow("10.0.0.0/99", "10.0.0.0/99")]
    [DataRow("fd00::/129", "fd00::/129")]
    [DataRow("10.0.0.0/-1", "10.0.0.0/-1")]
    [DataRow("a_b:c:d", "a_b:c:d")]
    [DataRow("*.*", "*.*")]
    [DataRow("in\u200btranet?", "intranet?")]
    public void An_invalid_entry_is_skipped_and_reported(string entry, string shown)
    {
        var noProxy = $"first.example, {entry}, api.fireworks.ai";
        var setting = new GatewayHttpOptions { Proxy = "http://proxy.example", NoProxy = [.. noProxy.Split(", ")] };
        CollectionAssert.AreEqual(new[] { new InvalidNoProxyEntry("http.noProxy", shown) }, setting.InvalidNoProxyEntries.ToArray());
        var variable = EnvironmentNetwork.Complete(
            new GatewayHttpOptions(), Variables(("HTTPS_PROXY", "http://proxy.example"), ("no_proxy", noProxy), ("NO_PROXY", "<local>,<local>")));
        CollectionAssert.AreEqual(new[] { new InvalidNoProxyEntry("no_proxy", shown) }, variable.InvalidNoProxyEntries.ToArray());
        GatewayHttpOptions[] eitherWay = [setting, variable];
        foreach (var options in eitherWay)
        {
            using var handler = GatewayHttp.CreateHandler(options);
            Assert.IsTrue(handler.Proxy!.IsBypassed(GatewayUrl.Default.BaseUri));
            Assert.IsFalse(handler.Proxy.IsBypassed(new Uri("https://second.example")));
        }
    }

    [TestMethod]
    public void NO_PROXY_does_not_apply_to_the_proxy_from_the_setting()
    {
        var environment = Variables(("HTTPS_PROXY", "http://variable.example"), ("NO_PROXY", "*"));
        var proxy = GatewayProxy.Create(EnvironmentNetwork.Complete(new GatewayHttpOptions { Proxy = "http://setting.example" }, environment));
        Assert.AreEqual("setting.example", proxy.GetProxy(GatewayUrl.Default.BaseUri)?.Host);
    }

    [TestMethod]
    public void Other_authorization_than_Basic_is_rejected_only_if_a_proxy_can_be_used()
    {
        var options = new GatewayHttpOptions { Proxy = "http://proxy.example:8080", ProxyAuthorization = "Bearer pr0xytoken" };
        var e = Assert.ThrowsExactly<GatewayHttpOptionException>(() => GatewayProxy.Create(options));
        Assert.AreEqual("http.proxyAuthorization", e.Option);
        Assert.Contains("the Basic scheme", e.Message);
        Assert.DoesNotContain("pr0xytoken", e.ToString());
        Assert.IsTrue(GatewayProxy.Create(options with { IsDirect = true }).IsBypassed(new Uri("https://127.0.0.1/")));
    }

    [TestMethod]
    public async Task A_proxy_that_refuses_never_sees_the_key()
    {
        var heads = new List<string>();
        await using var server = new RawServer(async (socket, stop) =>
        {
            heads.Add(await RawServer.ReadHeadAsync(socket, stop));
            await socket.SendAsync(RawServer.Head("407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close"), stop);
        });
        using var gateway = new RealGateway("https://gateway.example", new GatewayHttpOptions { Proxy = server.Url });
        var e = await gateway.PostFails();
        Assert.AreEqual((FaultKind.NotSent, NotSentReason.Proxy), (e.Kind, e.NotSentReason));
        Assert.StartsWith("CONNECT gateway.example:443 ", heads[0]);
        Assert.DoesNotContain("Authorization: Bearer", string.Concat(heads));
    }

    [TestMethod]
    public async Task A_proxy_receives_its_password_and_errors_do_not_contain_it()
    {
        var heads = new List<string>();
        await using var server = new RawServer(async (socket, stop) =>
        {
            heads.Add(await RawServer.ReadHeadAsync(socket, stop));
            await socket.SendAsync(RawServer.Head("407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\nConnection: close"), stop);
        });
        using var gateway = new RealGateway(
            "https://gateway.example", new GatewayHttpOptions { Proxy = server.Url.Replace("//", "//me:pr0xypass@", StringComparison.Ordinal) });
        var e = await gateway.GetFails();
        Assert.AreEqual(NotSentReason.Proxy, e.NotSentReason);
        Assert.Contains("Proxy-Authorization: Basic " + Convert.ToBase64String("me:pr0xypass"u8), heads[^1]);
        Assert.DoesNotContain("pr0xypass", e.ToString() + e.Detail + gateway.Log.Text);
    }
}
