using System.Globalization;
using System.Net;
using System.Text;
using Companion.Gateway.Api;
using Companion.Gateway.Credentials;
using FsCheck;
using FsCheck.Fluent;

namespace Companion.Gateway.Tests.Properties;

[TestClass]
public sealed class ErrorResponseProperties
{
    private const string Key = "fw_test_0123456789abcdef";

    // Other servers return 404 and 410 too.
    private static GoogleRpcCode Believed(GoogleRpcCode code, int status) =>
        code == GoogleRpcCode.NotFound || status is 404 or 410 ? GoogleRpcCode.Unknown : code;

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    /// <summary>All HTTP statuses except those of success.</summary>
    private static readonly Gen<int> Statuses = Gen.Frequency(
        (3, Gen.Choose(300, 599)),
        (1, Gen.Choose(100, 199)),
        (1, Gen.Choose(600, 999)));

    private static readonly Gen<GoogleRpcCode> ErrorCodes = Gen.Choose(1, 16).Select(static number => (GoogleRpcCode)number);

    [TestMethod]
    public void Any_bytes_are_an_error_with_a_code_and_a_clean_line() => PropertyTest.ForAll(
        Texts.Bytes.Shrinking(),
        static bytes =>
        {
            foreach (var status in (int[])[302, 400, 409, 429, 500, 503, 777])
                IsSound(Failure(status, bytes));
        });

    [TestMethod]
    public void Any_status_is_an_error_with_a_code_and_a_clean_line() =>
        PropertyTest.ForAll(Statuses, static status => IsSound(Failure(status, [])));

    [TestMethod]
    public void The_error_never_contains_the_key_wherever_the_body_contains_it() => PropertyTest.ForAll(
        from before in Texts.Any
        from after in Texts.Any
        from key in Texts.KeysInUse
        from shape in Gen.Elements("{0}", "\"{0}\"", "{{\"message\":\"{0}\"}}", "{{\"error\":\"{0}\"}}", "<title>{0}</title>")
        select (Body: string.Format(CultureInfo.InvariantCulture, shape, before + key + after), Key: key),
        static at =>
        {
            var e = Failure(401, Encoding.UTF8.GetBytes(at.Body), at.Key, ("x-request-id", at.Key));
            Assert.DoesNotContain(at.Key, e.ToString());
            Assert.DoesNotContain(at.Key, e.RequestId ?? "");
        });

    [TestMethod]
    public void The_code_takes_precedence_over_the_status_as_number_digits_or_name() => PropertyTest.ForAll(
        from code in ErrorCodes
        from status in Gen.Choose(400, 599)
        from dress in Gen.Elements<Func<string, string>>(
            static name => name,
            static name => name.ToLowerInvariant(),
            static name => name.Replace("_", "", StringComparison.Ordinal),
            static name => $" {name} ")
        from shape in Gen.Elements(
            """{"code":$}""", """{"code":$,"message":"x"}""", """{"error":{"code":$}}""", """{"error":{"status":$}}""", """{"details":[],"code":$}""")
        select (code, status, Name: dress(GoogleRpcCodes.Name(code)), shape),
        static at =>
        {
            foreach (var written in (string[])[$"{(int)at.code}", $"\"{(int)at.code}\"", $"\"{at.Name}\""])
            {
                var body = at.shape.Replace("$", written, StringComparison.Ordinal);
                var isOwn = !at.shape.Contains("error", StringComparison.Ordinal);
                Assert.AreEqual(isOwn ? at.code : Believed(at.code, at.status), Failure(at.status, Encoding.UTF8.GetBytes(body)).Code, body);
            }
        });

    [TestMethod]
    public void A_status_in_place_of_a_code_counts_as_that_status() => PropertyTest.ForAll(
        Gen.Choose(400, 599).Zip(Gen.Choose(400, 599)),
        static at => Assert.AreEqual(
            Believed(GoogleRpcCodes.FromHttpStatus(at.Item1), at.Item2), Failure(at.Item2, Encoding.UTF8.GetBytes($$"""{"code":{{at.Item1}}}""")).Code));

    [TestMethod]
    public void An_invalid_code_is_replaced_by_the_status() => PropertyTest.ForAll(
        from status in Gen.Choose(400, 599)
        from code in Gen.OneOf(
            Gen.Elements("0", "\"OK\"", "null", "true", "1.5", "1e99", "-0.0", "[9]", "{}", "\"\"", "\"NO_SUCH\"", "\"\\ud800\""),
            Gen.Choose(17, 99).Select(static number => $"{number}"),
            Gen.Choose(100, 399).Select(static number => $"{number}"),
            Gen.Choose(int.MinValue, -1).Select(static number => $"{number}"))
        select (status, code),
        static at => Assert.AreEqual(
            Believed(GoogleRpcCodes.FromHttpStatus(at.status), at.status), Failure(at.status, Encoding.UTF8.GetBytes($$"""{"code":{{at.code}}}""")).Code));

    [TestMethod]
    public void A_code_and_its_status_agree() => PropertyTest.ForAll(
        ErrorCodes,
        static code =>
        {
            var status = GoogleRpcCodes.ToHttpStatus(code);
            Assert.AreEqual(Believed(GoogleRpcCodes.FromHttpStatus(status), status), Failure(status, []).Code);
            Assert.AreEqual(status, GoogleRpcCodes.ToHttpStatus(GoogleRpcCodes.FromHttpStatus(status)));
        });

    [TestMethod]
    public void A_clean_message_is_unchanged() => PropertyTest.ForAll(
        Texts.Any.Shrinking(),
        static text =>
        {
            var clean = MessageText.Clean(text, Key);
            Assert.AreEqual(clean, MessageText.Clean(clean, Key));
        });

    private static GatewayException Failure(int status, byte[] body, string apiKey = Key, params (string Name, string Value)[] headers)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var (name, value) in headers)
            Assert.IsTrue(response.Headers.TryAddWithoutValidation(name, value));
        return ErrorResponse.ToException(new GatewayCall("GetEnvironment", "/v1/x"), apiKey, response, new SizeLimitedBody(new ResponseBuffers(), body, body.Length, isTruncated: false), Now);
    }

    private static void IsSound(GatewayException e)
    {
        Assert.IsInRange(1, 16, (int)e.Code);
        Assert.IsFalse(string.IsNullOrWhiteSpace(e.Message));
        foreach (var text in new[] { e.Message, e.GatewayMessage }.OfType<string>())
        {
            Assert.IsLessThanOrEqualTo(1000, text.Length);
            Assert.AreEqual(text.Trim(), text);
            Assert.IsFalse(text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202e'), text);
            Assert.AreEqual(text, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), "It has half a character.");
        }
    }
}
