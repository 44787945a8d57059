namespace Companion.Sandbox;

/// <summary>An account in the sandbox.</summary>
internal sealed class SandboxAccount
{
    /// <summary>The ID.</summary>
    public required string Id { get; init; }

    /// <summary>The display name.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The email address.</summary>
    public required string Email { get; init; }

    /// <summary>Whether and why it's suspended.</summary>
    public string SuspendState { get; init; } = Unsuspended;

    /// <summary>The environments, in list order.</summary>
    public IReadOnlyList<SandboxEnvironment> Environments { get; init; } = [];

    /// <summary>The node pools, in list order.</summary>
    public IReadOnlyList<SandboxNodePool> NodePools { get; init; } = [];

    /// <summary>The role bindings, in list order. Null if the account's keys can't read them.</summary>
    public IReadOnlyList<SandboxRoleBinding>? RoleBindings { get; init; }

    /// <summary>The suspend state of an account that isn't suspended.</summary>
    public const string Unsuspended = "UNSUSPENDED";

    /// <summary>Advances all environments to the current time.</summary>
    public void Advance(DateTimeOffset now)
    {
        foreach (var environment in Environments)
            environment.Advance(now);
    }

    /// <summary>Returns the environments that exist.</summary>
    public List<SandboxEnvironment> Existing() => [.. Environments.Where(environment => !environment.IsDeleted)];

    /// <summary>Returns the number of ranks that environments use in a node pool.</summary>
    /// <param name="except">An environment that isn't counted.</param>
    public int EnvironmentRanks(string nodePoolId, SandboxEnvironment? except = null) =>
        Environments.Where(environment => environment != except).Sum(environment => environment.RanksIn(nodePoolId));
}

/// <summary>An AWS IAM role that a user can assume.</summary>
/// <param name="Principal">A user's email address.</param>
internal sealed record SandboxRoleBinding(string Principal, string Role);
