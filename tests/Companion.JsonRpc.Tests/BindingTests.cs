namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class BindingTests
{
    private const string Members =
        "id, part, owner, note, urgent, gift, size, weight, tags, spares, neverNull, mute, day, key";

    private const string Id = "an id of 1 to 63 of a-z, 0-9 and -";

    [TestMethod]
    [DataRow("null", "id is missing; it takes " + Id)]
    [DataRow("[]", "id is missing; it takes " + Id)]
    [DataRow("[\"a\"]", "params takes an object with members " + Members)]
    [DataRow("\"fw_test_secret\"", "params takes an object with members " + Members)]
    [DataRow("5", "params takes an object with members " + Members)]
    [DataRow("true", "params takes an object with members " + Members)]
    [DataRow("{}", "id is missing; it takes " + Id)]
    [DataRow("{'part':{'count':1}}", "id is missing; it takes " + Id)]
    [DataRow("{'id':'a'}", "part is missing; it takes an object with members count, ranks")]
    [DataRow("{'id':'a','part':{}}", "part.count is missing; it takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':null}", "part takes an object with members count, ranks")]
    [DataRow("{'id':'a','part':5}", "part takes an object with members count, ranks")]
    [DataRow("{'id':'a','part':[]}", "part takes an object with members count, ranks")]
    [DataRow("{'id':'a','part':{'count':null}}", "part.count takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':'1'}}", "part.count takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1.5}}", "part.count takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':2147483648}}", "part.count takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1,'ranks':0}}", "part.ranks takes an integer from 1 to 2147483647, not 0 or less")]
    [DataRow("{'id':'a','part':{'count':1,'ranks':'x'}}", "part.ranks takes an integer from 1 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1,'rank':2}}", "part takes no member \"rank\"; it takes count, ranks")]
    [DataRow("{'id':'a','part':{'count':1,'count':2}}", "part.count is given twice")]
    [DataRow("{'id':'a','id':'a','part':{'count':1}}", "id is given twice")]
    [DataRow("{'ID':'a','part':{'count':1}}", "params takes no member \"ID\"; it takes " + Members)]
    [DataRow("{'id':'a','part':{'count':1},'zone':'fw_test_secret'}", "params takes no member \"zone\"; it takes " + Members)]
    [DataRow("{'\\u0069d':'A','part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':'','part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':'fw_test_SECRET','part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':5,'part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':null,'part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':{'id':'a'},'part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':'\\ud800','part':{'count':1}}", "id takes " + Id)]
    [DataRow("{'id':'a','part':{'count':1},'owner':'A'}", "owner takes " + Id)]
    [DataRow("{'id':'a','part':{'count':1},'note':5}", "note takes a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'note':'\\udc00'}", "note takes a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'\\ud800':1}", "params has a member whose name is not valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'urgent':null}", "urgent takes true or false")]
    [DataRow("{'id':'a','part':{'count':1},'urgent':1}", "urgent takes true or false")]
    [DataRow("{'id':'a','part':{'count':1},'gift':'no'}", "gift takes true or false")]
    [DataRow("{'id':'a','part':{'count':1},'size':1e99}", "size takes an integer from -9223372036854775808 to 9223372036854775807")]
    [DataRow("{'id':'a','part':{'count':1},'weight':'heavy'}", "weight takes a number")]
    [DataRow("{'id':'a','part':{'count':1},'tags':{}}", "tags takes an array")]
    [DataRow("{'id':'a','part':{'count':1},'tags':['a',5]}", "tags[1] takes a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'spares':[{'count':1},{'count':'x'}]}", "spares[1].count takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1},'spares':[{'count':1},{'counts':1}]}", "spares[1] takes no member \"counts\"; it takes count, ranks")]
    [DataRow("{'id':'a','part':{'count':1},'neverNull':null}", "neverNull takes a string of valid Unicode")]
    [DataRow("{'id':'a','part':{'count':1},'mute':5}", "mute takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1},'day':'x'}", "day takes an integer from -2147483648 to 2147483647")]
    [DataRow("{'id':'a','part':{'count':1},'key':'x'}", "key takes another kind of value")]
    [DataRow("{'id':'a','part':{'count':'x'},'zone':1}", "params takes no member \"zone\"; it takes " + Members)]
    public async Task What_does_not_fit_is_named_with_what_it_takes(string parameters, string message)
    {
        var json = parameters.Replace('\'', '"');

        var exchange = await Exchange.RunAsync(Request(1, "order", json), Request(2, "nothing"));

        var told = message.Replace("\"", "\\\"", StringComparison.Ordinal);
        CollectionAssert.AreEqual(new[] { Error("1", -32602, told), Result("2", "null") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("{'id':'a','part':{'count':1}}")]
    [DataRow("{'part':{'ranks':null,'count':-1},'id':'a','owner':null,'note':null,'gift':null,'tags':null,'spares':[]}")]
    [DataRow("{'id':'a','part':{'count':1,'ranks':1},'note':'\\ud83d\\ude00','tags':['a'],'neverNull':'','day':3}")]
    public async Task What_fits_is_taken(string parameters)
    {
        var exchange = await Exchange.RunAsync(Request(1, "order", parameters.Replace('\'', '"')));

        CollectionAssert.AreEqual(new[] { Result("1", "\"a\"") }, exchange.Replies);
    }

    [TestMethod]
    [DataRow("echo", null, "value is missing; it takes a string of valid Unicode")]
    [DataRow("nothing", "{\"a\":1}", "params takes no member \\\"a\\\"; it takes none")]
    [DataRow("nothing", "[[]]", "params takes an object with members none")]
    [DataRow("sum", "{}", "params takes an array")]
    [DataRow("sum", null, "params takes an array")]
    [DataRow("lax", "{\"processId\":\"x\"}", "processId takes an integer from -2147483648 to 2147483647")]
    public async Task Other_kinds_of_params_are_refused_likewise(string method, string? parameters, string message)
    {
        var exchange = await Exchange.RunAsync(Request(1, method, parameters));

        CollectionAssert.AreEqual(new[] { Error("1", -32602, message) }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_very_long_name_is_not_given_back()
    {
        var exchange = await Exchange.RunAsync(Request(1, "nothing", $$"""{"{{new string('n', 65)}}":1}"""));

        CollectionAssert.AreEqual(new[] { Error("1", -32602, "params takes no member \\\"…\\\"; it takes none") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_type_that_says_so_ignores_what_it_does_not_know()
    {
        var exchange = await Exchange.RunAsync(
            Request(1, "lax", """{"processId":7,"capabilities":{"processId":"x","\ud800":[]},"capabilities":0}"""));

        CollectionAssert.AreEqual(new[] { Result("1", "7") }, exchange.Replies);
    }

    [TestMethod]
    public async Task A_result_may_be_null()
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
