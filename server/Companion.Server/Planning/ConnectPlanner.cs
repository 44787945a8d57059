using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Planning;

/// <summary>Reads what a connect depends on, and plans it. Sends no changes.</summary>
internal sealed class ConnectPlanner(EnvironmentReader reader, EnvironmentCatalog catalog, ErrorMessages errors)
{
    /// <summary>Plans a connect.</summary>
    /// <exception cref="MethodException">The environment or the node pool can't be read.</exception>
    public async Task<ConnectPlan> PlanAsync(
        EnvironmentKey key, ConnectionParams connection, AcceptedRisks? accepted, CancellationToken cancellationToken)
    {
        var environment = errors.ReadAsync(() => reader.GetAsync(key, cancellationToken), key);
        var nodePool = errors.ReadAsync(() => catalog.FindNodePoolAsync(key.AccountId, connection.NodePoolId, cancellationToken));
        var roles = IsRoleRelevant(connection, accepted) ? ListRolesAsync(key.AccountId, cancellationToken) : Task.FromResult<IReadOnlyList<RoleInfo>?>(null);
        await Task.WhenAll(environment, nodePool, roles).ConfigureAwait(false);
        var facts = new ConnectFacts(
            connection,
            (await environment.ConfigureAwait(false)).Environment,
            await nodePool.ConfigureAwait(false),
            await roles.ConfigureAwait(false));
        return ConnectDecision.Decide(facts, accepted ?? new AcceptedRisks(), errors.Phrases);
    }

    // A role that wasn't listed when the user accepted it can't become unlisted.
    private static bool IsRoleRelevant(ConnectionParams connection, AcceptedRisks? accepted) =>
        connection.Role is { } role && accepted?.Role != new RoleListing { Role = role, Listed = false };

    // Many keys may not list roles, but a role can be used without being listed.
    private async Task<IReadOnlyList<RoleInfo>?> ListRolesAsync(string accountId, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.ListRolesAsync(accountId, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
