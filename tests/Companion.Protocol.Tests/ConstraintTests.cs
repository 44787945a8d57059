using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.Protocol.Tests;

/// <summary>What each constrained member takes and refuses. A refusal names the path and what is taken, never the value.</summary>
[TestClass]
public sealed class ConstraintTests
{
    private const string ValidRole = "arn:aws:iam::123456789012:role/trainer";

    [TestMethod]
    [DataRow("a")]
    [DataRow("train-a")]
    [DataRow("0")]
    [DataRow("a234567890123456789012345678901234567890123456789012345678901-3", DisplayName = "63 characters")]
    public void Ids_that_are_accepted(string id) => Assert.AreEqual(id, Bind(Connect($"\"{id}\"")).EnvironmentId);

    [TestMethod]
    [DataRow("\"\"")]
    [DataRow("\"-a\"")]
    [DataRow("\"a-\"")]
    [DataRow("\"Train\"")]
    [DataRow("\"a/b\"")]
    [DataRow("\"a:connect\"")]
    [DataRow("\"accounts/a/environments/e\"")]
    [DataRow("\"a b\"")]
    [DataRow("\"é\"")]
    [DataRow("\"a\\n\"")]
    [DataRow("\"\\ud800\"", DisplayName = "a lone surrogate")]
    [DataRow("\"a2345678901234567890123456789012345678901234567890123456789012-4\"", DisplayName = "64 characters")]
    [DataRow("7")]
    [DataRow("{}")]
    public void Ids_that_are_refused(string json) => Refused(Connect(json), "$.environmentId", "an id of 1 to 63 of a-z, 0-9 and -");

    [TestMethod]
    [DataRow("1", 1)]
    [DataRow("2147483647", int.MaxValue)]
    [DataRow("null", null)]
    public void Ranks_that_are_accepted(string json, int? ranks) => Assert.AreEqual(ranks, Bind(Connection($"\"numRanks\":{json}")).Connection.NumRanks);

    [TestMethod]
    [DataRow("0")]
    [DataRow("-1")]
    [DataRow("1.5")]
    [DataRow("1.0")]
    [DataRow("1e1")]
    [DataRow("2147483648")]
    [DataRow("99999999999999999999")]
    [DataRow("\"8\"")]
    [DataRow("true")]
    [DataRow("[8]")]
    public void Ranks_that_are_refused(string json) =>
        Refused(Connection($"\"numRanks\":{json}"), "$.connection.numRanks", "an integer from 1 to 2147483647");

    [TestMethod]
    [DataRow(ValidRole)]
    [DataRow("arn:aws-us-gov:iam::123456789012:role/team/ml/trainer")]
    [DataRow("arn:aws-cn:iam::123456789012:role/service-role/a_b+c=d,e.f@g-h")]
    public void Roles_that_are_accepted(string role) => Assert.AreEqual(role, Bind(Connection($"\"role\":\"{role}\"")).Connection.Role);

    [TestMethod]
    [DataRow("trainer")]
    [DataRow("arn:aws:sts::123456789012:assumed-role/trainer/session")]
    [DataRow("arn:aws:iam::123456789012:instance-profile/trainer")]
    [DataRow("arn:aws:iam::12345678901:role/trainer")]
    [DataRow("arn:aws:iam::١٢٣٤٥٦٧٨٩٠١٢:role/trainer", DisplayName = "digits of another script")]
    [DataRow("arn:aws:iam::123456789012:role/")]
    [DataRow("arn:aws:iam::123456789012:role/a b")]
    [DataRow("")]
    [DataRow(ValidRole + "\\n")]
    public void Roles_that_are_refused(string role) => Refused(Connection($"\"role\":\"{role}\""), "$.connection.role", "not a bare role name");

    [TestMethod]
    public void A_role_of_more_than_2048_characters_is_refused() =>
        Refused(Connection($"\"role\":\"arn:aws:iam::123456789012:role/{new string('a', 2048)}/b\""), "$.connection.role", "the ARN of an IAM role");

    [TestMethod]
    [DataRow("\"settled\"", Wait.Settled)]
    [DataRow("\"accepted\"", Wait.Accepted)]
    public void Waits_that_are_accepted(string json, Wait wait) => Assert.AreEqual(wait, Bind(Connect("\"e\"", $"\"wait\":{json}")).Wait);

    [TestMethod]
    [DataRow("\"Settled\"")]
    [DataRow("\"done\"")]
    [DataRow("0")]
    public void Waits_that_are_refused(string json) => Refused(Connect("\"e\"", $"\"wait\":{json}"), "$.wait", "\"settled\" or \"accepted\"");

    [TestMethod]
    [DataRow("0")]
    [DataRow("86401")]
    [DataRow("0.5")]
    public void Timeouts_that_are_refused(string json) =>
        Refused(Connect("\"e\"", $"\"timeoutSeconds\":{json}"), "$.timeoutSeconds", "an integer from 1 to 86400");

    [TestMethod]
    [DataRow("60", 60)]
    [DataRow("31536000", 31_536_000)]
    [DataRow("null", null)]
    public void Lease_durations_that_are_accepted(string json, int? seconds) =>
        Assert.AreEqual(seconds, Bind(Connect("\"e\"", $$"""
            "lease":{"durationSeconds":{{json}}}
            """)).Lease!.DurationSeconds);

    [TestMethod]
    [DataRow("0")]
    [DataRow("59")]
    [DataRow("31536001")]
    [DataRow("60.5")]
    [DataRow("\"2 h\"")]
    public void Lease_durations_that_are_refused(string json) => Refused(
        Connect("\"e\"", $$"""
            "lease":{"durationSeconds":{{json}}}
            """),
        "$.lease.durationSeconds",
        "an integer from 60 to 31536000");

    [TestMethod]
    [DataRow("2026-11-28T18:30:00Z", "2026-11-28T18:30:00Z")]
    [DataRow("2026-11-28T18:30:00+01:00", "2026-11-28T17:30:00Z")]
    [DataRow("2026-11-28T18:30:00.1234567Z", "2026-11-28T18:30:00.1234567Z")]
    public void Times_that_are_accepted(string text, string time) => Assert.AreEqual(
        DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
        Bind(Connect("\"e\"", $$"""
            "lease":{"until":"{{text}}"}
            """)).Lease!.Until);

    [TestMethod]
    [DataRow("\"18:30\"")]
    [DataRow("\"tomorrow\"")]
    [DataRow("\"2026-11-28\"")]
    [DataRow("\"2026-11-28T18:30:00\"", DisplayName = "no offset")]
    [DataRow("\"2026-02-30T18:30:00Z\"")]
    [DataRow("\"2026-11-28T25:00:00Z\"")]
    [DataRow("\"2026-11-28T18:30:00Z\\n\"")]
    [DataRow("\"\\ud800\"", DisplayName = "a lone surrogate")]
    [DataRow("1795892400")]
    public void Times_that_are_refused(string json) => Refused(
        Connect("\"e\"", $$"""
            "lease":{"until":{{json}}}
            """),
        "$.lease.until",
        "a time in RFC 3339 with an offset");

    [TestMethod]
    [DataRow("1.5")]
    [DataRow("true")]
    [DataRow("{}")]
    public void Progress_tokens_that_are_refused(string json) =>
        Refused(Connect("\"e\"", $"\"workDoneToken\":{json}"), "$.workDoneToken", "an integer or a string");

    [TestMethod]
    [DataRow("\"\"")]
    [DataRow("\"\\ud800\"", DisplayName = "a lone surrogate")]
    [DataRow("7")]
    public void Keys_that_are_refused(string json)
    {
        var e = Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize($$"""{"apiKey":{{json}}}""", ProtocolJson.Default.SignInParams));
        StringAssert.StartsWith(e.Message, "an API key", StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("""{"environmentId":"e","connection":{"nodePoolId":"p","zone":"us-east-1a"}}""", DisplayName = "zone")]
    [DataRow("""{"environmentId":"e","connection":{"nodePoolId":"p","numRank":8}}""", DisplayName = "mistyped")]
    [DataRow("""{"environmentId":"e","connection":{"nodePoolId":"p"},"numRanks":8}""", DisplayName = "in the wrong place")]
    [DataRow("""{"EnvironmentId":"e","connection":{"nodePoolId":"p"}}""", DisplayName = "in capitals")]
    [DataRow("""{"environmentId":"e","environmentId":"f","connection":{"nodePoolId":"p"}}""", DisplayName = "doubled")]
    [DataRow("""{"environmentId":"e","connection":null}""", DisplayName = "null for a record")]
    [DataRow("""{"environmentId":"e"}""", DisplayName = "missing")]
    public void Params_that_are_refused(string json) =>
        Assert.ThrowsExactly<JsonException>(() => JsonSerializer.Deserialize(json, ProtocolJson.Default.ConnectParams));

    [TestMethod]
    public void Initialize_ignores_unknown_members()
    {
        var bound = JsonSerializer.Deserialize(
            """{"processId":null,"rootUri":null,"capabilities":{"a":[1]},"initializationOptions":{"later":1,"vscodeVersion":"1.139.1"}}""",
            ProtocolJson.Default.InitializeParams)!;
        Assert.AreEqual("1.139.1", bound.InitializationOptions!.VscodeVersion);
    }

    [TestMethod]
    public void The_secret_is_not_in_the_records_text() =>
        Assert.IsFalse(new SignInParams { ApiKey = "fw_test_0123456789" }.ToString().Contains("fw_test", StringComparison.Ordinal));

    [TestMethod]
    public void Unset_members_are_not_written() => Assert.AreEqual(
        """{"accountId":"a","environmentId":"e","state":"BRAND_NEW","observedAt":"2026-11-22T05:00:00+00:00"}""",
        JsonSerializer.Serialize(
            new EnvironmentInfo
            {
                AccountId = "a",
                EnvironmentId = "e",
                State = "BRAND_NEW",
                ObservedAt = new DateTimeOffset(2026, 11, 22, 5, 0, 0, TimeSpan.Zero),
            },
            ProtocolJson.Default.EnvironmentInfo));

    private static string Connect(string environmentId, string? more = null) =>
        $$"""{"environmentId":{{environmentId}},"connection":{"nodePoolId":"p"}{{(more is null ? "" : "," + more)}}}""";

    private static string Connection(string member) => $$$"""{"environmentId":"e","connection":{"nodePoolId":"p",{{{member}}}}}""";

    private static ConnectParams Bind(string json) => JsonSerializer.Deserialize(json, (JsonTypeInfo<ConnectParams>)ProtocolJson.Default.ConnectParams)!;

    private static void Refused(string json, string path, string takes)
    {
        var e = Assert.ThrowsExactly<JsonException>(() => Bind(json));
        Assert.AreEqual(path, e.Path);
        StringAssert.Contains(e.Message, takes, StringComparison.Ordinal);
    }
}
