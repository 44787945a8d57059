using Companion.Protocol;

namespace Companion.Server.Planning;

/// <summary>What the decision about a connect depends on.</summary>
/// <param name="NodePool">Null if it doesn't exist.</param>
/// <param name="Roles">The roles that the account lists. Null if they weren't requested or can't be listed.</param>
internal sealed record ConnectFacts(
    ConnectionParams Connection, EnvironmentInfo Environment, NodePoolInfo? NodePool, IReadOnlyList<RoleInfo>? Roles);
