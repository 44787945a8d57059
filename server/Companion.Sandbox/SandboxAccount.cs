namespace Companion.Sandbox;

/// <summary>One account of the sandbox with what it owns.</summary>
internal sealed class SandboxAccount
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Its e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>Whether and why it is suspended.</summary>
    public string SuspendState { get; init; } = Unsuspended;

    /// <summary>Its environments, in the order in which they are listed.</summary>
    public IReadOnlyList<SandboxEnvironment> Environments { get; init; } = [];

    /// <summary>Its node pools, in the order in which they are listed.</summary>
    public IReadOnlyList<SandboxNodePool> NodePools { get; init; } = [];

    /// <summary>Its role bindings, in the order in which they are listed; null where its keys may not read them.</summary>
    public IReadOnlyList<SandboxRoleBinding>? RoleBindings { get; init; }

    /// <summary>The suspend state of an account that is not suspended.</summary>
    public const string Unsuspended = "UNSUSPENDED";

    /// <summary>The environments that are there, after the time has passed for each.</summary>
    public List<SandboxEnvironment> Present(DateTimeOffset now)
    {
        foreach (var environment in Environments)
            environment.Advance(now);
        return [.. Environments.Where(environment => !environment.IsGone)];
    }

    /// <summary>The ranks of a node pool that environments use.</summary>
    /// <param name="except">An environment that isn't counted.</param>
    public int EnvironmentRanks(string nodePoolId, SandboxEnvironment? except = null) =>
        Environments.Where(environment => environment != except).Sum(environment => environment.RanksIn(nodePoolId));
}

/// <summary>An AWS IAM role that somebody is allowed to assume.</summary>
/// <param name="Principal">A user's email address.</param>
internal sealed record SandboxRoleBinding(string Principal, string Role);
