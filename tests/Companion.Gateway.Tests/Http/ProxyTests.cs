using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Http;

[TestClass]
public sealed class ProxyTests
{
    [TestMethod]
    [DataRow("http://proxy.example:8080", "http://proxy.example:8080/")]
    [DataRow("proxy.example:8080", "http://proxy.example:8080/")]
    [DataRow(" https://proxy.example ", "https://proxy.example/")]
    [DataRow("socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080/")]
    [DataRow("http://me:p%40ss@proxy.example:8080", "http://proxy.example:8080/")]
    public void A_proxy_is_read_and_its_password_is_kept_apart(string text, string address)
    {
        var proxy = GatewayProxy.Create(new GatewayHttpOptions { Proxy = text });
        Assert.AreEqual(new Uri(address), proxy.GetProxy(GatewayUrl.Default.BaseUri));
        var credential = proxy.Credentials?.GetCredential(new Uri(address), "Basic");
        Assert.AreEqual(text.Contains('@', StringComparison.Ordinal) ? "me/p@ss" : "/", $"{credential?.UserName}/{credential?.Password}");
    }

    [TestMethod]
    [DataRow("ftp://proxy.example")]
    [DataRow("http://")]
    [DataRow("http://secret:pa ss@")]
    [DataRow("::")]
    public void What_is_no_proxy_is_refused_without_being_repeated(string text)
    {
        var e = Assert.ThrowsExactly<GatewayHttpOptionException>(() => GatewayHttp.CreateHandler(new GatewayHttpOptions { Proxy = text }));
        Assert.AreEqual("proxy", e.Option);
        Assert.DoesNotContain("secret", e.ToString());
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
    [DataRow("10.1.2.3", "https://10.1.2.3", true)]
    [DataRow("10.1.2.3:8443", "https://10.1.2.3:8443", true)]
    [DataRow("[fd00::1]:8443", "https://[fd00::1]:8443", true)]
    [DataRow("fd00::/8", "https://[fd00::1]", true)]
    [DataRow("", "https://api.fireworks.ai", false)]
    [DataRow("", "http://localhost:8080", true)]
    [DataRow("", "http://127.0.0.1", true)]
    public void Some_hosts_are_reached_directly(string noProxy, string url, bool isDirect)
    {
        var proxy = GatewayProxy.Create(new GatewayHttpOptions { Proxy = "http://proxy.example", NoProxy = [noProxy] });
        Assert.AreEqual(isDirect, proxy.IsBypassed(new Uri(url)));
        Assert.AreEqual(isDirect, proxy.GetProxy(new Uri(url)) is null);
    }

    [TestMethod]
    [DataRow("http://api.example")]
    [DataRow("10.0.0.0/99")]
    [DataRow("a_b:c:d")]
    public void What_is_no_host_is_refused(string noProxy) =>
        Assert.AreEqual(
            "noProxy",
            Assert.ThrowsExactly<GatewayHttpOptionException>(
                () => GatewayHttp.CreateHandler(new GatewayHttpOptions { NoProxy = [noProxy] })).Option);

    [TestMethod]
    public void Authorization_other_than_basic_is_refused_where_a_proxy_may_be_used_and_of_no_matter_else()
    {
        var options = new GatewayHttpOptions { Proxy = "http://proxy.example:8080", ProxyAuthorization = "Bearer pr0xytoken" };
        var e = Assert.ThrowsExactly<GatewayHttpOptionException>(() => GatewayProxy.Create(options));
        Assert.AreEqual("proxyAuthorization", e.Option);
        Assert.Contains("of the scheme Basic", e.Message);
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
    public async Task A_proxy_that_wants_a_password_gets_it_and_errors_do_not()
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
