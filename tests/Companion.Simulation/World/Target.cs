namespace Companion.Simulation.World;

/// <summary>The method of a request.</summary>
internal enum GatewayMethod
{
    Connect,
    Disconnect,
    GetEnvironment,
    ListEnvironments,
    NodePools,
    Account,
}

/// <summary>The target of a request.</summary>
/// <param name="AccountId">The account in the path, or empty.</param>
/// <param name="EnvironmentId">The environment in the path, or empty.</param>
internal readonly record struct Target(GatewayMethod Call, string AccountId, string EnvironmentId)
{
    public bool IsChange => Call is GatewayMethod.Connect or GatewayMethod.Disconnect;

    public Key Key => new(AccountId, EnvironmentId);

    /// <summary>Parses a path.</summary>
    public static Target Parse(string pathAndQuery)
    {
        var path = pathAndQuery.Split('?')[0].Split('/');
        return path switch
        {
            ["", "v1", "accounts", var a, "environments"] => new(GatewayMethod.ListEnvironments, a, ""),
            ["", "v1", "accounts", var a, "environments", var e] => e.Split(':') switch
            {
                [var id, "connect"] => new(GatewayMethod.Connect, a, id),
                [var id, "disconnect"] => new(GatewayMethod.Disconnect, a, id),
                _ => new(GatewayMethod.GetEnvironment, a, e),
            },
            ["", "v1", "accounts", var a, "nodePools", ..] => new(GatewayMethod.NodePools, a, ""),
            ["", "v1", "accounts", var a] => new(GatewayMethod.Account, a, ""),
            _ => new(GatewayMethod.Account, "", ""),
        };
    }
}
