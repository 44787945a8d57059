using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Gateway.Tests.Support;

namespace Companion.Gateway.Tests.Errors;

[TestClass]
public sealed class ErrorShapesTests
{
    [TestMethod]
    [DataRow(400, """{"code":9,"message":"has a pending connection","details":[]}""", GoogleRpcCode.FailedPrecondition, "has a pending connection")]
    [DataRow(400, """{"code":"FAILED_PRECONDITION","message":"busy"}""", GoogleRpcCode.FailedPrecondition, "busy")]
    [DataRow(400, """{"code":"9","message":""}""", GoogleRpcCode.FailedPrecondition, null)]
    [DataRow(409, """{"code":10}""", GoogleRpcCode.Aborted, null)]
    [DataRow(400, """{"code":0,"message":"odd"}""", GoogleRpcCode.InvalidArgument, "odd")]
    [DataRow(400, """{"code":42,"message":"odd"}""", GoogleRpcCode.InvalidArgument, "odd")]
    [DataRow(400, """{"code":1e99,"message":"odd"}""", GoogleRpcCode.InvalidArgument, "odd")]
    [DataRow(404, """{"code":5,"message":"no such environment"}""", GoogleRpcCode.NotFound, "no such environment")]
    [DataRow(404, """{"code":"NOT_FOUND"}""", GoogleRpcCode.NotFound, null)]
    [DataRow(410, """{"code":"5","message":"deleted","details":[]}""", GoogleRpcCode.NotFound, "deleted")]
    [DataRow(404, """{"code":12,"message":"no such method"}""", GoogleRpcCode.Unimplemented, "no such method")]
    [DataRow(401, """{"error":{"message":"bad key","code":"invalid_api_key","type":"auth"}}""", GoogleRpcCode.Unauthenticated, "bad key")]
    [DataRow(400, """{"error":{"message":"no right","code":403,"type":"x"}}""", GoogleRpcCode.PermissionDenied, "no right")]
    [DataRow(400, """{"error":{"message":"no right","code":403,"status":"PERMISSION_DENIED"}}""", GoogleRpcCode.PermissionDenied, "no right")]
    [DataRow(500, """{"error":{"message":"slow","code":4}}""", GoogleRpcCode.DeadlineExceeded, "slow")]
    [DataRow(403, """{"error":"forbidden"}""", GoogleRpcCode.PermissionDenied, "forbidden")]
    [DataRow(503, """{"error":"try later","code":14,"message":"upstream"}""", GoogleRpcCode.Unavailable, "upstream")]
    [DataRow(500, """{"fault":{"faultstring":"policy failed","detail":{"errorcode":"x"}}}""", GoogleRpcCode.Internal, "policy failed")]
    [DataRow(429, "slow down", GoogleRpcCode.ResourceExhausted, "slow down")]
    [DataRow(429, "\"slow down\"", GoogleRpcCode.ResourceExhausted, "slow down")]
    [DataRow(502, "<html>\n<head><title>502 Bad&amp;Gateway</title></head><body>x</body></html>", GoogleRpcCode.Unavailable, "502 Bad&Gateway")]
    [DataRow(502, "<!DOCTYPE html><h1>no title</h1>", GoogleRpcCode.Unavailable, null)]
    [DataRow(502, "<title", GoogleRpcCode.Unavailable, null)]
    [DataRow(500, "", GoogleRpcCode.Internal, null)]
    [DataRow(500, "  \r\n", GoogleRpcCode.Internal, null)]
    [DataRow(500, "[]", GoogleRpcCode.Internal, null)]
    [DataRow(500, "{\"code\":9,\"mess", GoogleRpcCode.Internal, null)]
    [DataRow(500, """{"message":"\ud800"}""", GoogleRpcCode.Internal, null)]
    [DataRow(412, """{"code":9,"message":"account is suspended"}""", GoogleRpcCode.FailedPrecondition, "account is suspended")]
    [DataRow(501, """{"code":12,"message":"Method Not Allowed","details":[]}""", GoogleRpcCode.Unimplemented, "Method Not Allowed")]
    public async Task Every_format_is_read(int status, string body, GoogleRpcCode code, string? message)
    {
        var gateway = StubGateway.Answering(body, status);
        var e = await StubGateway.FailureOf(() => gateway.Client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None));
        Assert.AreEqual(code, e.Code);
        Assert.AreEqual(message, e.GatewayMessage);
        Assert.AreEqual(status, e.HttpStatus);
        Assert.AreEqual(FaultKind.ErrorResponse, e.Kind);
        Assert.AreEqual("GetEnvironment", e.Call);
        Assert.IsNull(e.NotSentReason);
        Assert.Contains(message ?? $"HTTP {status}", e.Message);
    }

    [TestMethod]
    public async Task A_message_is_a_clean_line_of_limited_length()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 500));
        var gateway = StubGateway.Answering($$"""{"code":13,"message":"  a\r\n\tb\u0000\u001b[31m\u202e c {{words}} "}""", 500);
        var e = await StubGateway.FailureOf(() => gateway.Client.GetAccountAsync("acme", CancellationToken.None));
        Assert.StartsWith("a b[31m c word word", e.GatewayMessage);
        Assert.HasCount(1000, e.GatewayMessage!);
        Assert.EndsWith("…", e.GatewayMessage);
    }

    [TestMethod]
    public async Task A_key_is_masked_even_if_the_message_is_truncated()
    {
        var filler = new string('.', 990);
        var gateway = StubGateway.Answering($$"""{"code":16,"message":"{{filler}}{{StubGateway.Key}} {{StubGateway.Key}}"}""", 401);
        var e = await StubGateway.FailureOf(() => gateway.Client.GetAccountAsync("acme", CancellationToken.None));
        Assert.DoesNotContain("fw_", e.ToString());
    }

    [TestMethod]
    public async Task A_key_in_an_unusual_format_is_masked_too()
    {
        var gateway = StubGateway.Answering("""{"code":16,"message":"who is s3cr3t?"}""", 401, "application/json", ("x-request-id", "id-s3cr3t"))
            .WithKey(() => "s3cr3t");
        var e = await StubGateway.FailureOf(() => gateway.Client.GetAccountAsync("acme", CancellationToken.None));
        Assert.AreEqual("who is [redacted]?", e.GatewayMessage);
        Assert.AreEqual("id-[redacted]", e.RequestId);
    }

    [TestMethod]
    [DataRow("x-request-id", "abc-123", "abc-123")]
    [DataRow("X-Request-ID", "abc-123", "abc-123")]
    [DataRow("cf-ray", "8f00", "8f00")]
    [DataRow("x-request-id", "two words", null)]
    [DataRow("x-other", "abc", null)]
    public async Task A_valid_request_id_is_kept(string header, string value, string? id)
    {
        var gateway = StubGateway.Answering("", 500, "text/plain", (header, value));
        Assert.AreEqual(id, (await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None))).RequestId);
    }

    [TestMethod]
    [DataRow(301)]
    [DataRow(302)]
    [DataRow(307)]
    [DataRow(304)]
    public async Task A_redirect_is_reported_without_its_full_address(int status)
    {
        var gateway = StubGateway.Answering("", status, "text/plain", ("Location", "https://login.portal.example/x?token=t0ken"));
        var e = await StubGateway.FailureOf(() => gateway.Client.VerifyApiKeyAsync(CancellationToken.None));
        Assert.AreEqual(FaultKind.InvalidResponse, e.Kind);
        Assert.AreEqual(status, e.HttpStatus);
        Assert.Contains("redirect to login.portal.example", e.Message);
        Assert.AreEqual((InvalidResponseReason.Redirect, "login.portal.example"), (e.InvalidResponseReason, e.RedirectHost));
        Assert.DoesNotContain("t0ken", e.ToString());
        Assert.HasCount(1, gateway.Sent);
    }

    [TestMethod]
    [DataRow(404, "", null)]
    [DataRow(404, "<html><head><title>404 Not Found</title></head></html>", "404 Not Found")]
    [DataRow(404, "default backend - 404", "default backend - 404")]
    [DataRow(404, "{}", null)]
    [DataRow(404, """{"code":null,"message":null,"details":null}""", null)]
    [DataRow(404, """{"code":404,"message":"no Route matched with those values"}""", "no Route matched with those values")]
    [DataRow(404, """{"message":"no Route matched with those values"}""", "no Route matched with those values")]
    [DataRow(404, """{"error":"not found"}""", "not found")]
    [DataRow(404, """{"error":{"code":"NOT_FOUND","message":"The page could not be found"}}""", "The page could not be found")]
    [DataRow(404, """{"error":{"code":5}}""", null)]
    [DataRow(404, """{"status":"NOT_FOUND","code":0}""", null)]
    [DataRow(404, "{\"code\":5,\"mess", null)]
    [DataRow(404, "[]", null)]
    [DataRow(410, "", null)]
    [DataRow(410, "<html><title>Gone</title></html>", "Gone")]
    [DataRow(400, """{"error":{"message":"gone","code":404,"type":"x"}}""", "gone")]
    [DataRow(502, """{"error":{"status":"NOT_FOUND"}}""", null)]
    public async Task Not_found_in_another_format_is_an_invalid_response(int status, string body, string? words)
    {
        var client = StubGateway.Answering(body, status).Client;
        Func<Task>[] calls =
        [
            () => client.GetEnvironmentAsync("acme", "train-a", CancellationToken.None),
            () => client.DisconnectEnvironmentAsync("acme", "train-a", new GatewayDisconnectEnvironmentBody(), CancellationToken.None),
        ];
        foreach (var call in calls)
        {
            var e = await StubGateway.FailureOf(call);
            Assert.AreEqual(
                (FaultKind.InvalidResponse, InvalidResponseReason.StrayNotFound, GoogleRpcCode.Unknown, status, words),
                (e.Kind, e.InvalidResponseReason, e.Code, e.HttpStatus, e.GatewayMessage));
            Assert.IsFalse(e.IsRouteMissing);
        }
    }

    [TestMethod]
    public async Task A_truncated_not_found_is_an_invalid_response()
    {
        await using var server = RawServer.Answering(RawServer.Head("404 Not Found\r\nContent-Length: 100"), "{\"code\":5,"u8.ToArray());
        using var gateway = new RealGateway(server.Url);
        foreach (var e in new[] { await gateway.GetFails(), await gateway.PostFails() })
            Assert.AreEqual(InvalidResponseReason.StrayNotFound, e.InvalidResponseReason);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("<html><title>404</title></html>")]
    [DataRow("""{"code":5,"message":"Not Found","details":[]}""")]
    public async Task Not_found_for_a_call_without_a_resource_means_a_missing_route(string body)
    {
        var client = StubGateway.Answering(body, 404).Client;
        Func<Task>[] calls =
        [
            () => client.ListEnvironmentsAsync("acme", CancellationToken.None).AnyAsync().AsTask(),
            () => client.ListNodePoolsAsync("acme", CancellationToken.None).AnyAsync().AsTask(),
            () => client.ListAwsIamRoleBindingsAsync("acme", CancellationToken.None).AnyAsync().AsTask(),
            () => client.ListAccountsAsync(CancellationToken.None).AnyAsync().AsTask(),
            () => client.VerifyApiKeyAsync(CancellationToken.None),
        ];
        foreach (var call in calls)
            Assert.IsTrue((await StubGateway.FailureOf(call)).IsRouteMissing);
    }

    [TestMethod]
    public async Task A_missing_route_differs_from_a_missing_resource()
    {
        var notFound = StubGateway.Answering("""{"code":5,"message":"Not Found","details":[]}""", 404).Client;
        Assert.IsFalse((await StubGateway.FailureOf(() => notFound.GetEnvironmentAsync("acme", "x", CancellationToken.None))).IsRouteMissing);
        Assert.IsTrue((await StubGateway.FailureOf(() => FirstOf(notFound))).IsRouteMissing);
        var unimplemented = StubGateway.Answering("", 501).Client;
        Assert.IsTrue((await StubGateway.FailureOf(() => unimplemented.GetEnvironmentAsync("acme", "x", CancellationToken.None))).IsRouteMissing);
    }

    private static async Task FirstOf(GatewayClient client)
    {
        await foreach (var environment in client.ListEnvironmentsAsync("acme", CancellationToken.None).SelectMany(static page => page.Environments))
            Assert.Fail($"{environment} came from nowhere.");
    }
}
