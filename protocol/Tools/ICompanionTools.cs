namespace Companion.Protocol.Tools;

/// <summary>
/// The tools that an agent can call. What they tell an agent about themselves, tools.json, is generated from this interface: the documentation of
/// a method is the tool's description. There is no <c>force</c>, no <c>resetSnapshots</c>, and no connect without an end.
/// </summary>
public interface ICompanionTools
{
    /// <summary>
    /// Lists the environments in the account, with their states, node pools, and ends. An environment that is CONNECTED uses GPUs, which cost
    /// money. Call this first to find an environment's id.
    /// </summary>
    [Tool(ToolNames.ListEnvironments, "List environments", IsReadOnly = true, IsIdempotent = true)]
    Task<ListEnvironmentsResult> ListEnvironmentsAsync(NoArguments arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Lists the node pools in the account, with their instance types, and their free ranks if the gateway reports them. A rank is a GPU in a
    /// GPU pool, and a host in a CPU pool. Call this before connect_environment to choose a node pool that is READY and has enough free ranks.
    /// </summary>
    [Tool(ToolNames.ListNodePools, "List node pools", IsReadOnly = true, IsIdempotent = true)]
    Task<ListNodePoolsResult> ListNodePoolsAsync(NoArguments arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the current state of one environment from the gateway. Call this after a change whose outcome is unknown, before anything else is
    /// done with the environment.
    /// </summary>
    [Tool(ToolNames.GetEnvironment, "Get environment", IsReadOnly = true, IsIdempotent = true)]
    Task<EnvironmentInfo> GetEnvironmentAsync(EnvironmentArguments arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Connects an environment to a node pool until an end that must be given, and waits until it's connected, which takes minutes. Costs money
    /// from then on. At the end it's disconnected. If the environment is connected in another way, this interrupts what runs in it; if it's
    /// already connected like this, nothing is sent. Give exactly one of durationSeconds and until. Unless the user has set other bounds, an agent
    /// may have one environment connected, with one node, for 2 hours, and may not replace a connection that someone else started.
    /// </summary>
    [Tool(ToolNames.ConnectEnvironment, "Connect environment", IsDestructive = true)]
    Task<EnvironmentInfo> ConnectEnvironmentAsync(
        ConnectEnvironmentArguments arguments, Action<WorkDoneProgress> onProgress, CancellationToken cancellationToken);

    /// <summary>
    /// Disconnects an environment from its node pool, and waits until it's disconnected. What runs in it is ended. The gateway takes a snapshot
    /// first; if that fails, the environment stays connected and still costs money. Call this as soon as the GPUs aren't needed any more. Unless
    /// the user has set other bounds, an agent may disconnect only what an agent started.
    /// </summary>
    [Tool(ToolNames.DisconnectEnvironment, "Disconnect environment", IsDestructive = true, IsIdempotent = true)]
    Task<EnvironmentInfo> DisconnectEnvironmentAsync(
        EnvironmentArguments arguments, Action<WorkDoneProgress> onProgress, CancellationToken cancellationToken);

    /// <summary>
    /// Sets when the current connection of an environment ends. At that time it's disconnected, and what runs in it is ended. Give exactly one of
    /// durationSeconds and until. Unless the user has set other bounds, an agent may move the end only to an earlier time, and only of a connection
    /// that an agent started.
    /// </summary>
    [Tool(ToolNames.SetLease, "Set end of connection", IsDestructive = true)]
    Task<EnvironmentInfo> SetLeaseAsync(SetLeaseArguments arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Reports how long environments were connected, from the history that this machine keeps of what it observed. Connections that other
    /// machines made may be missing.
    /// </summary>
    [Tool(ToolNames.GetUsage, "Get usage", IsReadOnly = true, IsIdempotent = true, IsOpenWorld = false)]
    Task<UsageInfo> GetUsageAsync(UsageArguments arguments, CancellationToken cancellationToken);

    /// <summary>
    /// Checks every step from this machine to the gateway and, if an environment is given, to its node pool: network, proxy, certificate, key,
    /// account, environment, room. Call this if other tools fail and their errors don't say why.
    /// </summary>
    [Tool(ToolNames.Diagnose, "Diagnose", IsReadOnly = true, IsIdempotent = true)]
    Task<Diagnosis> DiagnoseAsync(DiagnoseArguments arguments, CancellationToken cancellationToken);
}
