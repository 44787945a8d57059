namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class BindingTests
{
    private const string Members =
        "id, part, owner, note, urgent, gift, size, weight, tags, spares, neverNull, mute, day, key";

    private const string Id = "an id of 1 to 63 of a-z, 0-9 and -";

    [TestMethod]
    [DataRow("null", "id is missing; it must be " + Id)]
    [DataRow("[]", "id is missing; it must be " + Id)]
    [DataRow("[\"a\"]", "params must be an object with members " + Members)]
    [DataRow("\"fw_test_secret\"", "params must be an object with members " + Members)]
    [DataRow("5", "params must be an object with members " + Members)]
    [DataRow("true", "params must be an object with members " + Members)]
    [DataRow("{}", "id is missing; it must be " + Id)]
    [DataRow("{'part':{'count':1}}", "id is missing; it must be " + Id)]
    [DataRow("{'id':'a'}", "part is missing; it must be an object with members count, ranks")]
    [DataRow("{'id':'a','part':{}}", "part.count is missing; it must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':null}", "part must be an object with members count, ranks")]
    [DataRow("{'id':'a','part':5}", "part must be an object with members count, ranks")]
    [DataRow("{'id':'a','part':[]}", "part must be an object with members count, ranks")]
    [DataRow("{'id':'a','part':{'count':null}}", "part.count must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':'1'}}", "part.count must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1.5}}", "part.count must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':2147483648}}", "part.count must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1,'ranks':0}}", "part.ranks must be an integer from 1 to 2147483647, not 0 or less")]
    [DataRow("{'id':'a','part':{'count':1,'ranks':'x'}}", "part.ranks must be an integer from 1 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1,'rank':2}}", "part has an unknown member \"rank\"; allowed members: count, ranks")]
    [DataRow("{'id':'a','part':{'count':1,'count':2}}", "part.count is specified twice")]
    [DataRow("{'id':'a','id':'a','part':{'count':1}}", "id is specified twice")]
    [DataRow("{'ID':'a','part':{'count':1}}", "params has an unknown member \"ID\"; allowed members: " + Members)]
    [DataRow("{'id':'a','part':{'count':1},'zone':'fw_test_secret'}", "params has an unknown member \"zone\"; allowed members: " + Members)]
    [DataRow("{'\\u0069d':'A','part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':'','part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':'fw_test_SECRET','part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':5,'part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':null,'part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':{'id':'a'},'part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':'\\ud800','part':{'count':1}}", "id must be " + Id)]
    [DataRow("{'id':'a','part':{'count':1},'owner':'A'}", "owner must be " + Id)]
    [DataRow("{'id':'a','part':{'count':1},'note':5}", "note must be a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'note':'\\udc00'}", "note must be a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'\\ud800':1}", "params has a member whose name isn't valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'urgent':null}", "urgent must be true or false")]
    [DataRow("{'id':'a','part':{'count':1},'urgent':1}", "urgent must be true or false")]
    [DataRow("{'id':'a','part':{'count':1},'gift':'no'}", "gift must be true or false")]
    [DataRow("{'id':'a','part':{'count':1},'size':1e99}", "size must be an integer from -9223372036854775808 to 9223372036854775807")]
    [DataRow("{'id':'a','part':{'count':1},'weight':'heavy'}", "weight must be a number")]
    [DataRow("{'id':'a','part':{'count':1},'tags':{}}", "tags must be an array")]
    [DataRow("{'id':'a','part':{'count':1},'tags':['a',5]}", "tags[1] must be a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'spares':[{'count':1},{'count':'x'}]}", "spares[1].count must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1},'spares':[{'count':1},{'counts':1}]}", "spares[1] has an unknown member \"counts\"; allowed members: count, ranks")]
    [DataRow("{'id':'a','part':{'count':1},'neverNull':null}", "neverNull must be a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'mute':5}", "mute must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1},'day':'x'}", "day must be an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1},'key':'x'}", "key must be a different kind of value")]
    [DataRow("{'id':'a','part':{'count':'x'},'zone':1}", "params has an unknown member \"zone\"; allowed members: " + Members)]
    public async Task Invalid_members_are_reported_with_their_valid_values(string parameters, string message)
    {
        var json = parameters.Replace('\'', '"');

        var exchange = await Exchange.RunAsync(Request(1, "order", json), Request(2, "nothing"));

        var reported = message.Replace("\"", "\\\"", StringComparison.Ordinal);
        CollectionAssert.AreEqual(new[] { Error("1", -32602, reported), Result("2", "null") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("{'id':'a','part':{'count':1}}")]
    [DataRow("{'part':{'ranks':null,'count':-1},'id':'a','owner':null,'note':null,'gift':null,'tags':null,'spares':[]}")]
    [DataRow("{'id':'a','part':{'count':1,'ranks':1},'note':'\\ud83d\\ude00','tags':['a'],'neverNull':'','day':3}")]
    public async Task Valid_params_are_accepted(string parameters)
    {
        var exchange = await Exchange.RunAsync(Request(1, "order", parameters.Replace('\'', '"')));

        CollectionAssert.AreEqual(new[] { Result("1", "\"a\"") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("echo", null, "value is missing; it must be a string of valid Unicode")]
    [DataRow("nothing", "{\"a\":1}", "params has an unknown member \\\"a\\\"; allowed members: none")]
    [DataRow("nothing", "[[]]", "params must be an empty object")]
    [DataRow("sum", "{}", "params must be an array")]
    [DataRow("sum", null, "params must be an array")]
    [DataRow("lax", "{\"processId\":\"x\"}", "processId must be an integer from -2147483648 to 2147483647")]
    public async Task Invalid_params_of_any_kind_are_rejected(string method, string? parameters, string message)
    {
        var exchange = await Exchange.RunAsync(Request(1, method, parameters));

        CollectionAssert.AreEqual(new[] { Error("1", -32602, message) }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_very_long_name_is_not_repeated()
    {
        var exchange = await Exchange.RunAsync(Request(1, "nothing", $$"""{"{{new string('n', 65)}}":1}"""));

        CollectionAssert.AreEqual(new[] { Error("1", -32602, "params has an unknown member \\\"…\\\"; allowed members: none") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_lenient_type_ignores_unknown_members()
    {
        var exchange = await Exchange.RunAsync(
            Request(1, "lax", """{"processId":7,"capabilities":{"processId":"x","\ud800":[]},"capabilities":0}"""));

        CollectionAssert.AreEqual(new[] { Result("1", "7") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_result_can_be_null()
    {
        var exchange = await Exchange.RunAsync(Request(1, "none"));

        CollectionAssert.AreEqual(new[] { Result("1", "null") }, exchange.Replies);
    }

    [TestMethod]
    public async Task Absent_params_are_an_object_without_members()
    {
        var exchange = await Exchange.RunAsync(Request(1, "lax"), Request(2, "nothing"), Request(3, "nothing", "{}"));

        CollectionAssert.AreEqual(
            new[] { Result("1", "0"), Result("2", "null"), Result("3", "null") }, exchange.Replies);
    }
}
