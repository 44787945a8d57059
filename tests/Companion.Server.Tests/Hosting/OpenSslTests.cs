using Companion.Server.Hosting;

namespace Companion.Server.Tests.Hosting;

[TestClass]
public sealed class OpenSslTests
{
    [TestMethod]
    [DataRow("", null, true)]
    [DataRow("libssl.so", null, true)] // only for compilers
    [DataRow("libssl.so.3", null, false)]
    [DataRow("libssl.so.1.1", null, false)]
    [DataRow("libssl.so.4", null, true)]
    [DataRow("libssl.so.4", "4", false)]
    [DataRow("libssl.so.3", "4", false)]
    public void Is_missing_if_dotnet_would_not_find_it(string installed, string? version, bool isMissing) =>
        Assert.AreEqual(isMissing, OpenSsl.IsMissing(name => name == installed, version));

    [TestMethod]
    public void Is_there_where_the_tests_run() => Assert.IsFalse(OpenSsl.IsMissing());
}
