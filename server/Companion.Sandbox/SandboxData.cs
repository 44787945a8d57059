using Companion.Gateway.Resources;

namespace Companion.Sandbox;

/// <summary>The contents of a new sandbox: three accounts with their environments and node pools.</summary>
public static class SandboxData
{
    /// <summary>The account of <see cref="SandboxKeys.Main"/>, with something of everything.</summary>
    public const string MainAccountId = "acme-research";

    /// <summary>The account of <see cref="SandboxKeys.Second"/>. Its <c>train-a</c> isn't the main account's.</summary>
    public const string SecondAccountId = "globex-vision";

    /// <summary>The account of <see cref="SandboxKeys.Suspended"/>: CREDIT_DEPLETED.</summary>
    public const string SuspendedAccountId = "initech-labs";

    /// <summary>The email address of the user with the keys of the first two accounts.</summary>
    public const string DeveloperEmail = "ada@acme.example";

    /// <summary>The keys and their permissions.</summary>
    internal static IReadOnlyDictionary<string, SandboxKey> Keys { get; } = new Dictionary<string, SandboxKey>(StringComparer.Ordinal)
    {
        [SandboxKeys.Main] = new([MainAccountId], DeveloperEmail, IncludesAccount: true),
        [SandboxKeys.Second] = new([SecondAccountId], DeveloperEmail, IncludesAccount: true),
        [SandboxKeys.Both] = new([MainAccountId, SecondAccountId], DeveloperEmail, IncludesAccount: false),
        [SandboxKeys.Suspended] = new([SuspendedAccountId], "bill@initech.example", IncludesAccount: true),
    };

    /// <summary>The accounts at the beginning.</summary>
    internal static List<SandboxAccount> Accounts(DateTimeOffset now, SandboxOptions options) =>
    [
        new()
        {
            Id = MainAccountId, DisplayName = "Acme Research", Email = "billing@acme.example",
            Environments = [.. SandboxMainAccount.Environments(now, options), .. SandboxMainAccount.MoreEnvironments(now, options.MoreEnvironments)],
            NodePools = SandboxMainAccount.NodePools(), RoleBindings = SandboxMainAccount.RoleBindings(),
        },
        new()
        {
            Id = SecondAccountId, DisplayName = "Globex Vision", Email = "billing@globex.example",
            Environments =
            [
                new() { Id = "train-a", DisplayName = "Segmentation training", CreatedBy = DeveloperEmail, CreateTime = now.AddDays(-30), UpdateTime = now.AddHours(-20) },
                new()
                {
                    Id = "label-review", DisplayName = "Label review", CreatedBy = DeveloperEmail, CreateTime = now.AddDays(-12), UpdateTime = now.AddHours(-3),
                    State = GatewayStates.Connected, Connection = new SandboxConnection("cpu-small"), Zone = "eu-west-1a",
                },
            ],
            NodePools =
            [
                new()
                {
                    Id = "a10g-4x", DisplayName = "A10G, 4 per node", InstanceType = "g5.12xlarge", Zone = "eu-west-1a",
                    RanksPerNode = 4, NodeCount = 2, MaxNodeCount = 4,
                },
                new()
                {
                    Id = "cpu-small", DisplayName = "CPU, small", InstanceType = "m7i.4xlarge", Zone = "eu-west-1a",
                    RanksPerNode = 1, NodeCount = 2, MaxNodeCount = 6,
                },
            ],
        },
        new() { Id = SuspendedAccountId, DisplayName = "Initech Labs", Email = "billing@initech.example", SuspendState = "CREDIT_DEPLETED" },
    ];
}

/// <summary>The permissions of a key.</summary>
internal sealed record SandboxKey(IReadOnlyList<string> AccountIds, string Email, bool IncludesAccount)
{
    /// <summary>Whether the key can access an account.</summary>
    public bool CanAccess(string accountId) => AccountIds.Contains(accountId, StringComparer.Ordinal);
}
