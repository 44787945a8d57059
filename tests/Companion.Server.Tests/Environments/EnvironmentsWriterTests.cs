using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Tests.Support;

namespace Companion.Server.Tests.Environments;

/// <summary>The JSON that is written without objects equals the serializer's.</summary>
[TestClass]
public sealed class EnvironmentsWriterTests
{
    private static readonly string[] Values =
    [
        "null", "\"\"", "\"plain\"", "\"a b<c>&'\\u0041\\n\\\"\"", "\"\u00e9\U0001f600\u2028\"", "\"\\ud800\"", "\"CONNECTED\"", "\"OK\"", "\"INTERNAL\"", "\"NEW\"",
        "5", "0", "-3", "4.0", "1e400", "true", "false", "\"TRUE\"", "[1,{\"a\":[]}]", "{\"x\":{}}",
        "\"2026-11-22T08:00:00Z\"", "\"2026-11-22T08:00:00.120Z\"", "\"2026-11-22T08:00:00.123456789Z\"", "\"2026-11-22T08:00:00-05:30\"", "\"then\"",
    ];

    private static readonly string[] Members = ["displayName", "state", "createdBy", "shared", "updateTime", "createTime"];

    [TestMethod]
    public async Task The_written_JSON_equals_the_serializers()
    {
        var random = new Random(20261122);
        for (var round = 0; round < 300; round++)
        {
            string[] pages = [Page(random), Page(random)];
            Assert.AreEqual(await SerialisedAsync(pages), await WrittenAsync(pages), string.Join('\n', pages));
        }
    }

    [TestMethod]
    public async Task A_long_list_is_complete()
    {
        var long_ = new string('x', 3000);
        var page = $$"""{"environments":[{{string.Join(',', Enumerable.Range(0, 200).Select(i => $$"""{"name":"e{{i}}","displayName":"{{long_}}"}"""))}}]}""";
        Assert.AreEqual(await SerialisedAsync([page, page]), await WrittenAsync([page, page]));
    }

    [TestMethod]
    public async Task Objects_are_created_on_access_and_can_still_be_written()
    {
        var written = await new EnvironmentCatalog(new AnsweringGateway("""{"environments":[{"name":"a"},{"name":"b"}]}""").Client(), Wiring.Whole())
            .ListEnvironmentsAsync("acme", CancellationToken.None);
        Assert.AreEqual("a b", string.Join(' ', written.Select(static e => e.EnvironmentId)));
        Assert.Contains("\"environmentId\":\"b\"", Json(new ListEnvironmentsResult { Environments = written }));
    }

    private static async Task<string> WrittenAsync(string[] pages)
    {
        using var writer = new EnvironmentsWriter("acme");
        await foreach (var page in AnsweringGateway.ListAsync(pages))
            writer.Add(page);
        return Json(new ListEnvironmentsResult { Environments = writer.End() });
    }

    private static async Task<string> SerialisedAsync(string[] pages)
    {
        var all = new List<EnvironmentInfo>();
        await foreach (var page in AnsweringGateway.ListAsync(pages))
            all.AddRange(page.Select(e => ResourceMapper.Of(e, new EnvironmentKey("acme", e.EnvironmentId), page.ReceivedAt)));
        return Json(new ListEnvironmentsResult { Environments = all });
    }

    // The options for messages.
    private static string Json(ListEnvironmentsResult result)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(writer, result, ProtocolJson.Default.ListEnvironmentsResult);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Page(Random random) =>
        $$"""{"environments":[{{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(i => Environment(random, i)))}}]}""";

    private static string Environment(Random random, int number) => random.Next(20) == 0 ? "null" : "{" + string.Join(
        ',',
        [
            $"\"name\":\"accounts/acme/environments/e{number}\"",
            .. Some(random, Members),
            .. random.Next(3) == 0 ? [$"\"status\":{{{string.Join(',', Some(random, ["code", "message", "details"]))}}}"] : Some(random, ["status"]),
            .. random.Next(3) == 0
                ? [$"\"connection\":{{{string.Join(',', Some(random, ["nodePoolId", "numRanks", "role", "zone", "useLocalStorage", "more"]))}}}"]
                : Some(random, ["connection"]),
        ]) + "}";

    private static string[] Some(Random random, string[] members) =>
        [.. members.Where(_ => random.Next(2) == 0).Select(member => $"\"{member}\":{Values[random.Next(Values.Length)]}")];
}
