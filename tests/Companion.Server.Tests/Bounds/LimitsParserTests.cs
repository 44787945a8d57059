using System.Text;
using Companion.Server.Bounds;

namespace Companion.Server.Tests.Bounds;

/// <summary>What companion-bounds.json may contain, and what is said about anything else.</summary>
[TestClass]
public sealed class LimitsParserTests
{
    [TestMethod]
    public void Every_member_is_read()
    {
        var limits = Parse("""
            {
              "nodePools": ["h100-8x", "cpu"], "maxNodes": 2, "maxRanks": 16, "maxHours": 1.5, "maxRankHoursPerDay": 0,
              "maxEnvironments": 3, "mayExtend": true, "mayEndOthers": false
            }
            """);
        CollectionAssert.AreEqual(new[] { "h100-8x", "cpu" }, limits.NodePools!.ToArray());
        Assert.AreEqual((2, 16, 1.5m, 0m, 3, true, false), (
            limits.MaxNodes, limits.MaxRanks, limits.MaxHours, limits.MaxRankHoursPerDay, limits.MaxEnvironments, limits.MayExtend, limits.MayEndOthers));
    }

    [TestMethod]
    public void What_is_not_stated_binds_an_agent_to_safe_values_and_the_command_line_to_none()
    {
        var stated = Parse("""{"maxHours":8}""");
        Assert.AreEqual(new Limits { MaxHours = 8 }, stated);
        Assert.AreEqual(
            new Limits { MaxNodes = 1, MaxHours = 8, MaxRankHoursPerDay = 48, MaxEnvironments = 1, MayExtend = false, MayEndOthers = false },
            stated.ForAgent());
        Assert.AreEqual(2, Parse("{}").ForAgent().MaxHours);
        Assert.AreEqual(
            new Limits { MaxNodes = 3, MaxHours = 1, MaxRankHoursPerDay = 4, MaxEnvironments = 5, MayExtend = true, MayEndOthers = true },
            Parse("""{"maxNodes":3,"maxHours":1,"maxRankHoursPerDay":4,"maxEnvironments":5,"mayExtend":true,"mayEndOthers":true}""").ForAgent());
    }

    [TestMethod]
    [DataRow("", "it isn't valid JSON (line 1)")]
    [DataRow("{\n\"maxNodes\": 1,\n}", "it isn't valid JSON (line 3)")]
    [DataRow("{} // none", "it isn't valid JSON (line 1)")]
    [DataRow("{\"maxNodes\": 1} {}", "it isn't valid JSON (line 1)")]
    [DataRow("{'maxNodes': 1}", "it isn't valid JSON (line 1)")]
    [DataRow("[]", "it must be an object with members nodePools, maxNodes, maxRanks, maxHours, maxRankHoursPerDay, maxEnvironments, mayExtend, mayEndOthers")]
    [DataRow("null", "it must be an object with members nodePools")]
    [DataRow("""{"maxHour":1}""", "maxHour isn't allowed; allowed members: nodePools, maxNodes")]
    [DataRow("""{"MaxHours":1}""", "MaxHours isn't allowed")]
    [DataRow("""{"fw_0123456789abcdef":1}""", "a member with another name isn't allowed")]
    [DataRow("""{"":1}""", "a member with another name isn't allowed")]
    [DataRow("""{"\ud800":1}""", "it contains text that isn't valid Unicode")]
    [DataRow("""{"maxHours":1,"maxHours":2}""", "maxHours is specified twice")]
    [DataRow("""{"nodePools":"h100-8x"}""", "nodePools must be an array of node pool ids")]
    [DataRow("""{"nodePools":["h100-8x",null]}""", "nodePools must be an array of node pool ids")]
    [DataRow("""{"nodePools":["accounts/acme/nodePools/h100-8x"]}""", "nodePools must be an array of node pool ids")]
    [DataRow("""{"nodePools":["\ud800"]}""", "it contains text that isn't valid Unicode")]
    [DataRow("""{"maxNodes":0}""", "maxNodes must be an integer from 1 to 1000")]
    [DataRow("""{"maxNodes":1001}""", "maxNodes must be an integer from 1 to 1000")]
    [DataRow("""{"maxNodes":"1"}""", "maxNodes must be an integer from 1 to 1000")]
    [DataRow("""{"maxNodes":1.0}""", "maxNodes must be an integer from 1 to 1000")]
    [DataRow("""{"maxNodes":null}""", "maxNodes must be an integer from 1 to 1000")]
    [DataRow("""{"maxRanks":0}""", "maxRanks must be an integer from 1 to 2147483647")]
    [DataRow("""{"maxRanks":2147483648}""", "maxRanks must be an integer from 1 to 2147483647")]
    [DataRow("""{"maxHours":0.09}""", "maxHours must be a number from 0.1 to 8760")]
    [DataRow("""{"maxHours":8760.1}""", "maxHours must be a number from 0.1 to 8760")]
    [DataRow("""{"maxHours":1e400}""", "maxHours must be a number from 0.1 to 8760")]
    [DataRow("""{"maxHours":"2 h"}""", "maxHours must be a number from 0.1 to 8760")]
    [DataRow("""{"maxRankHoursPerDay":-1}""", "maxRankHoursPerDay must be a number from 0 to 1000000")]
    [DataRow("""{"maxRankHoursPerDay":1000000.1}""", "maxRankHoursPerDay must be a number from 0 to 1000000")]
    [DataRow("""{"maxEnvironments":-1}""", "maxEnvironments must be an integer from 0 to 1000")]
    [DataRow("""{"maxEnvironments":1001}""", "maxEnvironments must be an integer from 0 to 1000")]
    [DataRow("""{"mayExtend":"false"}""", "mayExtend must be true or false")]
    [DataRow("""{"mayExtend":null}""", "mayExtend must be true or false")]
    [DataRow("""{"mayEndOthers":0}""", "mayEndOthers must be true or false")]
    public void Anything_else_is_refused_and_named(string json, string expected)
    {
        Assert.IsNull(LimitsParser.Parse(Encoding.UTF8.GetBytes(json), out var fault));
        StringAssert.StartsWith(fault, expected);
        Assert.DoesNotContain("0123456789abcdef", fault!, StringComparison.Ordinal);
    }

    [TestMethod]
    [DataRow("""{"maxNodes":1000,"maxRanks":2147483647,"maxHours":8760,"maxRankHoursPerDay":1000000,"maxEnvironments":1000}""")]
    [DataRow("""{"maxNodes":1,"maxRanks":1,"maxHours":0.1,"maxRankHoursPerDay":0,"maxEnvironments":0,"nodePools":[]}""")]
    public void The_limits_of_each_range_are_accepted(string json) => Assert.IsNotNull(Parse(json));

    private static Limits Parse(string json)
    {
        var limits = LimitsParser.Parse(Encoding.UTF8.GetBytes(json), out var fault);
        Assert.IsNull(fault);
        return limits!;
    }
}
