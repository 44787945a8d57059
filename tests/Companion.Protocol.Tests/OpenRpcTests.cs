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
    public void Every_params_object_and_every_result_has_metadata()
    {
        var types = new[] { typeof(ICompanionServer), typeof(ICompanionClient) }.SelectMany(static t => t.GetMethods())
            .SelectMany(static m => m.GetParameters().Select(static p => p.ParameterType).Concat(m.ReturnType.GenericTypeArguments))
            .Where(static t => t != typeof(CancellationToken));
        foreach (var type in types.Append(typeof(ErrorData)))
            Assert.IsNotNull(ProtocolJson.Default.GetTypeInfo(type), $"{type.Name} is not in {nameof(ProtocolJson)}: the call would be carried out, and its answer fail.");
    }
}
