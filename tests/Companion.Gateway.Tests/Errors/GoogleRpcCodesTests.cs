namespace Companion.Gateway.Tests.Errors;

[TestClass]
public sealed class GoogleRpcCodesTests
{
    [TestMethod]
    [DataRow(0, "OK", 200)]
    [DataRow(1, "CANCELLED", 499)]
    [DataRow(2, "UNKNOWN", 500)]
    [DataRow(3, "INVALID_ARGUMENT", 400)]
    [DataRow(4, "DEADLINE_EXCEEDED", 504)]
    [DataRow(5, "NOT_FOUND", 404)]
    [DataRow(6, "ALREADY_EXISTS", 409)]
    [DataRow(7, "PERMISSION_DENIED", 403)]
    [DataRow(8, "RESOURCE_EXHAUSTED", 429)]
    [DataRow(9, "FAILED_PRECONDITION", 400)]
    [DataRow(10, "ABORTED", 409)]
    [DataRow(11, "OUT_OF_RANGE", 400)]
    [DataRow(12, "UNIMPLEMENTED", 501)]
    [DataRow(13, "INTERNAL", 500)]
    [DataRow(14, "UNAVAILABLE", 503)]
    [DataRow(15, "DATA_LOSS", 500)]
    [DataRow(16, "UNAUTHENTICATED", 401)]
    public void Each_code_has_a_name_a_number_and_a_status(int number, string name, int httpStatus)
    {
        var code = (GoogleRpcCode)number;
        Assert.AreEqual(name, GoogleRpcCodes.Name(code));
        Assert.AreEqual(httpStatus, GoogleRpcCodes.ToHttpStatus(code));
        Assert.IsTrue(GoogleRpcCodes.TryParse(name, out var byName));
        Assert.AreEqual(code, byName);
        Assert.IsTrue(GoogleRpcCodes.TryParse(number, out var byNumber));
        Assert.AreEqual(code, byNumber);
        Assert.IsTrue(GoogleRpcCodes.TryParse($"{number}", out var byDigits));
        Assert.AreEqual(code, byDigits);
    }

    [TestMethod]
    [DataRow("FailedPrecondition", GoogleRpcCode.FailedPrecondition)]
    [DataRow("failed_precondition", GoogleRpcCode.FailedPrecondition)]
    [DataRow("CANCELED", GoogleRpcCode.Cancelled)]
    public void Names_are_parsed_in_any_style(string name, GoogleRpcCode code)
    {
        Assert.IsTrue(GoogleRpcCodes.TryParse(name, out var read));
        Assert.AreEqual(code, read);
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    [DataRow("17")]
    [DataRow("-1")]
    [DataRow("99999999999")]
    [DataRow("NO_SUCH_CODE")]
    public void Invalid_codes_are_unknown(string? text)
    {
        Assert.IsFalse(GoogleRpcCodes.TryParse(text, out var code));
        Assert.AreEqual(GoogleRpcCode.Unknown, code);
    }

    [TestMethod]
    public void A_number_outside_the_table_is_named_unknown() => Assert.AreEqual("UNKNOWN", GoogleRpcCodes.Name((GoogleRpcCode)99));

    [TestMethod]
    [DataRow(400, GoogleRpcCode.InvalidArgument)]
    [DataRow(401, GoogleRpcCode.Unauthenticated)]
    [DataRow(402, GoogleRpcCode.FailedPrecondition)]
    [DataRow(403, GoogleRpcCode.PermissionDenied)]
    [DataRow(404, GoogleRpcCode.NotFound)]
    [DataRow(405, GoogleRpcCode.Unimplemented)]
    [DataRow(407, GoogleRpcCode.Unavailable)]
    [DataRow(408, GoogleRpcCode.DeadlineExceeded)]
    [DataRow(409, GoogleRpcCode.Aborted)]
    [DataRow(412, GoogleRpcCode.FailedPrecondition)]
    [DataRow(429, GoogleRpcCode.ResourceExhausted)]
    [DataRow(499, GoogleRpcCode.Cancelled)]
    [DataRow(500, GoogleRpcCode.Internal)]
    [DataRow(501, GoogleRpcCode.Unimplemented)]
    [DataRow(502, GoogleRpcCode.Unavailable)]
    [DataRow(503, GoogleRpcCode.Unavailable)]
    [DataRow(504, GoogleRpcCode.DeadlineExceeded)]
    [DataRow(511, GoogleRpcCode.Unavailable)]
    [DataRow(599, GoogleRpcCode.Internal)]
    [DataRow(302, GoogleRpcCode.Unknown)]
    [DataRow(777, GoogleRpcCode.Unknown)]
    public void A_status_without_a_code_implies_one(int httpStatus, GoogleRpcCode code) =>
        Assert.AreEqual(code, GoogleRpcCodes.FromHttpStatus(httpStatus));
}
