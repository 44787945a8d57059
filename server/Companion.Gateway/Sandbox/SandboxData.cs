namespace Companion.Gateway.Sandbox;

/// <summary>What is in a new sandbox: three accounts with their environments and node pools.</summary>
public static class SandboxData
{
    /// <summary>The account of <see cref="SandboxKeys.Main"/>, with everything worth trying.</summary>
    public const string MainAccountId = "acme-research";

    /// <summary>The account of <see cref="SandboxKeys.Second"/>; its <c>train-a</c> is another one than the main account's.</summary>
    public const string SecondAccountId = "globex-vision";

    /// <summary>The account of <see cref="SandboxKeys.Suspended"/>: CREDIT_DEPLETED.</summary>
    public const string SuspendedAccountId = "initech-labs";

    /// <summary>E-mail address of the person to whom the keys of the first two accounts belong.</summary>
    public const string DeveloperEmail = "ada@acme.example";

    private const string ColleagueEmail = "grace@acme.example";

    /// <summary>The keys and what they open.</summary>
    internal static IReadOnlyDictionary<string, SandboxKey> Keys { get; } = new Dictionary<string, SandboxKey>(StringComparer.Ordinal)
    {
        [SandboxKeys.Main] = new([MainAccountId], DeveloperEmail, TellsAccount: true),
        [SandboxKeys.Second] = new([SecondAccountId], DeveloperEmail, TellsAccount: true),
        [SandboxKeys.Both] = new([MainAccountId, SecondAccountId], DeveloperEmail, TellsAccount: false),
        [SandboxKeys.Suspended] = new([SuspendedAccountId], "bill@initech.example", TellsAccount: true),
    };

    /// <summary>The accounts as they are when a sandbox begins.</summary>
    /// <param name="now">The time at which it begins.</param>
    /// <param name="options">How long things take.</param>
    internal static List<SandboxAccount> Accounts(DateTimeOffset now, SandboxOptions options) =>
    [
        new()
        {
            Id = MainAccountId, DisplayName = "Acme Research", Email = "billing@acme.example",
            Environments = MainEnvironments(now, options), NodePools = MainNodePools(),
            RoleBindings =
            [
                new(DeveloperEmail, "arn:aws:iam::123456789012:role/trainer"),
                new(ColleagueEmail, "arn:aws:iam::123456789012:role/trainer"),
                new(DeveloperEmail, "arn:aws:iam::123456789012:role/research/data-reader"),
                new(ColleagueEmail, "arn:aws:iam::123456789012:role/evaluator"),
            ],
        },
        new()
        {
            Id = SecondAccountId, DisplayName = "Globex Vision", Email = "billing@globex.example",
            Environments =
            [
                Environment("train-a", "Segmentation training", now),
                Connected("label-review", "Label review", now, new SandboxConnection("cpu-small"), "eu-west-1a"),
            ],
            NodePools =
            [
                new()
                {
                    Id = "a10g-4x", DisplayName = "A10G, 4 a node", InstanceType = "g5.12xlarge", Zone = "eu-west-1a",
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

    private static List<SandboxEnvironment> MainEnvironments(DateTimeOffset now, SandboxOptions options) =>
    [
        Environment("train-a", "Language model training", now),
        Environment("train-b", "Reward model training", now, new SandboxConnection("h100-8x", 4), "us-east-1a"),
        Connected("eval-c", "Evaluation", now, new SandboxConnection("h100-8x", 2), "us-east-1a"),
        new SandboxEnvironment
        {
            Id = "fresh-d", DisplayName = "Data preparation", CreatedBy = DeveloperEmail, CreateTime = now, UpdateTime = now,
        }.Creating(now + options.CreateDuration),
        Environment("shared-tools", "Shared tools", now, new SandboxConnection("cpu-large"), "us-east-1a", ColleagueEmail),
        Connected("brittle-e", "Profiling (snapshots fail)", now, new SandboxConnection("cpu-large"), "us-east-1a", snapshotFails: true),
        Environment("leaving-f", "", now).Deleting(now, now + options.DeleteDuration),
    ];

    private static List<SandboxNodePool> MainNodePools() =>
    [
        new()
        {
            Id = "h100-8x", DisplayName = "H100, 8 a node", InstanceType = "p5.48xlarge", Zone = "us-east-1a",
            RanksPerNode = 8, NodeCount = 2, MaxNodeCount = 4, RunningJobRanks = 4, CompletedJobRanks = 64,
        },
        new()
        {
            Id = "h100-spot", DisplayName = "H100, spot", InstanceType = "p5.48xlarge", Zone = "us-east-1a", Spot = true,
            RanksPerNode = 8, NodeCount = 1, MaxNodeCount = 8,
        },
        new()
        {
            Id = "cpu-large", DisplayName = "CPU, large", InstanceType = "m7i.16xlarge", Zone = "us-east-1a",
            RanksPerNode = 1, NodeCount = 3, MaxNodeCount = 10,
        },
        new()
        {
            Id = "a100-west", DisplayName = "A100, Oregon", InstanceType = "p4d.24xlarge", Zone = "us-west-2b",
            RanksPerNode = 8, NodeCount = 1, MaxNodeCount = 2, TellsStats = false,
        },
        new()
        {
            Id = "h200-full", DisplayName = "H200, fully booked", InstanceType = "p5en.48xlarge", Zone = "us-east-1b",
            RanksPerNode = 8, NodeCount = 2, MaxNodeCount = 2, RunningJobRanks = 16,
        },
        new()
        {
            Id = "l40s-failed", DisplayName = "L40S", InstanceType = "g6e.48xlarge", Zone = "us-east-1a",
            RanksPerNode = 8, NodeCount = 0, MaxNodeCount = 2, State = "FAILED",
            Status = new SandboxStatus(GoogleRpcCode.ResourceExhausted, "the cloud has no g6e.48xlarge in us-east-1a"),
        },
    ];

    private static SandboxEnvironment Environment(
        string id, string displayName, DateTimeOffset now, SandboxConnection? last = null, string zone = "", string? sharedBy = null) =>
        new()
        {
            Id = id, DisplayName = displayName, CreatedBy = sharedBy ?? DeveloperEmail, Shared = sharedBy is not null,
            CreateTime = now.AddDays(-30), UpdateTime = now.AddHours(-20), Connection = last, Zone = zone,
        };

    private static SandboxEnvironment Connected(
        string id, string displayName, DateTimeOffset now, SandboxConnection connection, string zone, bool snapshotFails = false) =>
        new()
        {
            Id = id, DisplayName = displayName, CreatedBy = DeveloperEmail, CreateTime = now.AddDays(-12), UpdateTime = now.AddHours(-3),
            State = GatewayStates.Connected, Connection = connection, Zone = zone, SnapshotFails = snapshotFails,
        };
}

/// <summary>What a key opens.</summary>
/// <param name="AccountIds">The accounts.</param>
/// <param name="Email">E-mail address of its owner.</param>
/// <param name="TellsAccount">Whether verifyApiKey names the account.</param>
internal sealed record SandboxKey(IReadOnlyList<string> AccountIds, string Email, bool TellsAccount)
{
    /// <summary>Whether it opens an account.</summary>
    /// <param name="accountId">Id of the account.</param>
    public bool Opens(string accountId) => AccountIds.Contains(accountId, StringComparer.Ordinal);
}
