using System.Globalization;
using System.Text.Json.Nodes;
using Companion.Simulation.Schedules;

namespace Companion.Simulation.World;

/// <summary>Describes an environment in a different but equivalent way, as gateways do.</summary>
internal static class Echoes
{
    private const int RanksPerNode = 8;

    /// <summary>Whether a fault is one of these.</summary>
    public static bool IsEcho(FaultType fault) => fault is FaultType.EchoFullName or FaultType.EchoMoreRanks or FaultType.EchoLeftOut or FaultType.EchoNoConnection;

    /// <summary>An equivalent description of the environment.</summary>
    public static string Of(string body, FaultType fault)
    {
        var environment = JsonNode.Parse(body)!.AsObject();
        if (environment["connection"] is not JsonObject connection)
            return body;
        switch (fault)
        {
            case FaultType.EchoFullName:
                connection["nodePoolId"] = string.Create(CultureInfo.InvariantCulture, $"accounts/a/nodePools/{connection["nodePoolId"]}");
                break;
            case FaultType.EchoMoreRanks:
                var ranks = connection["numRanks"]!.GetValue<int>();
                connection["numRanks"] = (ranks + RanksPerNode - 1) / RanksPerNode * RanksPerNode;
                break;
            case FaultType.EchoLeftOut:
                foreach (var member in (string[])["numRanks", "role", "zone", "useLocalStorage"])
                    connection.Remove(member);
                break;
            default:
                environment["connection"] = null;
                break;
        }

        return environment.ToJsonString();
    }
}
