namespace Companion.Protocol.Tools;

/// <summary>The names of the tools.</summary>
public static class ToolNames
{
    /// <summary>The name of <see cref="ICompanionTools.ListEnvironmentsAsync"/>.</summary>
    public const string ListEnvironments = "list_environments";

    /// <summary>The name of <see cref="ICompanionTools.ListNodePoolsAsync"/>.</summary>
    public const string ListNodePools = "list_node_pools";

    /// <summary>The name of <see cref="ICompanionTools.GetEnvironmentAsync"/>.</summary>
    public const string GetEnvironment = "get_environment";

    /// <summary>The name of <see cref="ICompanionTools.ConnectEnvironmentAsync"/>.</summary>
    public const string ConnectEnvironment = "connect_environment";

    /// <summary>The name of <see cref="ICompanionTools.DisconnectEnvironmentAsync"/>.</summary>
    public const string DisconnectEnvironment = "disconnect_environment";

    /// <summary>The name of <see cref="ICompanionTools.SetLeaseAsync"/>.</summary>
    public const string SetLease = "set_lease";

    /// <summary>The name of <see cref="ICompanionTools.GetUsageAsync"/>.</summary>
    public const string GetUsage = "get_usage";

    /// <summary>The name of <see cref="ICompanionTools.DiagnoseAsync"/>.</summary>
    public const string Diagnose = "diagnose";
}
