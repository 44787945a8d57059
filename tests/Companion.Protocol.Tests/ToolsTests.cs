using System.Text.Json;
using System.Text.Json.Nodes;
using Companion.Protocol.Generator;

namespace Companion.Protocol.Tests;

[TestClass]
public sealed class ToolsTests
{
    private static readonly JsonArray Tools = JsonNode.Parse(ToolsDocument.Text())!["tools"]!.AsArray();

    [TestMethod]
    public void The_checked_in_document_is_fresh()
    {
        using var stream = typeof(ToolsTests).Assembly.GetManifestResourceStream("tools.json")!;
        using var reader = new StreamReader(stream);
        Assert.AreEqual(ToolsDocument.Text(), reader.ReadToEnd(), "Run: npm run generate");
    }

    [TestMethod]
    public void No_tool_takes_what_only_a_person_may_decide() =>
        CollectionAssert.AreEquivalent(
            (string[])["environmentId", "nodePoolId", "numRanks", "role", "durationSeconds", "until", "sinceDays", "groupBy"],
            Tools.SelectMany(static tool => tool!["inputSchema"]!["properties"]!.AsObject()).Select(static member => member.Key).Distinct().ToArray());

    [TestMethod]
    public void Language_models_accept_each_input_schema()
    {
        foreach (var input in Tools.Select(static tool => tool!["inputSchema"]!.AsObject()))
        {
            Assert.AreEqual("object", (string?)input["type"]);
            foreach (var refused in (string[])["oneOf", "anyOf", "allOf", "enum", "not", "$ref"])
                Assert.IsFalse(input.ContainsKey(refused), $"{refused} at the top");
        }
    }

    [TestMethod]
    public void Every_reference_leads_to_a_schema_of_the_same_tool()
    {
        foreach (var output in Tools.Select(static tool => tool!["outputSchema"]!.AsObject()))
        {
            Assert.AreEqual("object", (string?)output["type"]);
            var schemas = output["$defs"]!.AsObject();
            var names = References(output).ToArray();
            Assert.Contains("ToolFailure", names);
            Assert.AreEqual("", string.Join(", ", names.Where(name => !schemas.ContainsKey(name))));
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(static member =>
            member is { Key: "$ref", Value: JsonValue value } && value.GetValueKind() == JsonValueKind.String ? [((string)value!)["#/$defs/".Length..]] : References(member.Value)),
        JsonArray a => a.SelectMany(References),
        _ => [],
    };
}
