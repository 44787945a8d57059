using Companion.Protocol.Generator;

namespace Companion.Protocol.Tests;

[TestClass]
public sealed class OpenRpcTests
{
    [TestMethod]
    public void The_checked_in_document_is_fresh()
    {
        using var stream = typeof(OpenRpcTests).Assembly.GetManifestResourceStream("openrpc.json")!;
        using var reader = new StreamReader(stream);
        Assert.AreEqual(OpenRpcDocument.Text(), reader.ReadToEnd(), "Run: npm run generate");
    }

    [TestMethod]
    public void Every_method_is_listed_once()
    {
        var declared = typeof(Methods).GetProperties().Select(static p => p.GetValue(null)).OfType<IMethodType>().Select(static m => m.Name);
        CollectionAssert.AreEquivalent(declared.ToList(), Methods.All.Select(static m => m.Name).ToList());
    }
}
