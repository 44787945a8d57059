using System.Globalization;
using Companion.Gateway;
using Companion.Gateway.Resources;

namespace Companion.Sandbox;

/// <summary>The contents of the main account in a new sandbox: one of everything that a user might have to choose from.</summary>
internal static class SandboxMainAccount
{
    private const string East = "us-east-1a";
    private const string West = "us-west-2b";
    private const string ColleagueEmail = "grace@acme.example";
    private const string FormerColleagueEmail = "linus@acme.example";

    /// <summary>The environments: in all states, of several users, with volumes in two zones.</summary>
    public static List<SandboxEnvironment> Environments(DateTimeOffset now, SandboxOptions options) =>
    [
        Owned("train-a", "Language model training", now.AddHours(-20)),
        Owned("train-b", "Reward model training", now.AddDays(-2), new SandboxConnection("h100-8x", 4), East),
        Connected("eval-c", "Evaluation", now.AddHours(-3), new SandboxConnection("h100-8x", 2)),
        new SandboxEnvironment
        {
            Id = "fresh-d", DisplayName = "Data preparation", CreatedBy = SandboxData.DeveloperEmail, CreateTime = now, UpdateTime = now,
        }.Creating(now + options.CreateDuration),
        new()
        {
            Id = "shared-tools", DisplayName = "Shared tools", CreatedBy = ColleagueEmail, Shared = true,
            CreateTime = now.AddDays(-400), UpdateTime = now.AddDays(-6), Connection = new SandboxConnection("cpu-large"), Zone = East,
        },
        Connected("brittle-e", "Profiling (snapshots fail)", now.AddMinutes(-50), new SandboxConnection("cpu-large"), snapshotFails: true),
        Owned("leaving-f", "", now.AddHours(-1)).Deleting(now, now + options.DeleteDuration),
        new()
        {
            Id = "west-g", DisplayName = "Multimodal training (volume in Oregon)", CreatedBy = ColleagueEmail, Shared = true,
            CreateTime = now.AddDays(-90), UpdateTime = now.AddDays(-9), Connection = new SandboxConnection("a100-west", 8), Zone = West,
        },
        new()
        {
            Id = "nightly-h", DisplayName = "Nightly evaluation", CreatedBy = ColleagueEmail,
            CreateTime = now.AddDays(-45), UpdateTime = now.AddMinutes(-40), Connection = new SandboxConnection("h100-spot", 8), Zone = East,
            Status = new SandboxStatus(GoogleRpcCode.Unavailable, "the spot capacity was reclaimed"),
        },
        new() { Id = "old-i", CreatedBy = FormerColleagueEmail, CreateTime = now.AddDays(-700), UpdateTime = now.AddDays(-500) },
    ];

    /// <summary>Creates more environments, which differ in everything that a list shows.</summary>
    public static IEnumerable<SandboxEnvironment> MoreEnvironments(DateTimeOffset now, int count)
    {
        string[] people = [SandboxData.DeveloperEmail, ColleagueEmail, FormerColleagueEmail];
        string[] pools = ["h100-8x", "cpu-large", "h100-spot", "a100-west"];
        for (var i = 1; i <= count; i++)
        {
            yield return new SandboxEnvironment
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"sweep-{i:D5}"),
                DisplayName = string.Create(CultureInfo.InvariantCulture, $"Sweep {1 + (i / 100)}, run {i % 100}"),
                CreatedBy = people[i % people.Length], Shared = i % 7 == 0,
                CreateTime = now.AddHours(-i - 1), UpdateTime = now.AddHours(-i),
                Connection = i % 5 == 0 ? null : new SandboxConnection(pools[i % pools.Length], 1 + (i % 8)),
                Zone = i % 5 == 0 ? "" : pools[i % pools.Length] == "a100-west" ? West : East,
            };
        }
    }

    /// <summary>The node pools: GPU and CPU, spot, in three zones, full, scaling up from zero, and unavailable for two reasons.</summary>
    public static List<SandboxNodePool> NodePools() =>
    [
        new()
        {
            Id = "h100-8x", DisplayName = "H100, 8 per node", InstanceType = "p5.48xlarge", Zone = East,
            RanksPerNode = 8, NodeCount = 2, MaxNodeCount = 4, RunningJobRanks = 4, CompletedJobRanks = 64,
        },
        new()
        {
            Id = "h100-spot", DisplayName = "H100, spot", InstanceType = "p5.48xlarge", Zone = East, Spot = true,
            RanksPerNode = 8, NodeCount = 1, MaxNodeCount = 8,
        },
        new()
        {
            Id = "cpu-large", DisplayName = "CPU, large", InstanceType = "m7i.16xlarge", Zone = East,
            RanksPerNode = 1, NodeCount = 3, MaxNodeCount = 10,
        },
        new()
        {
            Id = "a100-west", DisplayName = "A100, Oregon", InstanceType = "p4d.24xlarge", Zone = West,
            RanksPerNode = 8, NodeCount = 1, MaxNodeCount = 2, IncludesStats = false,
        },
        new()
        {
            Id = "h200-full", DisplayName = "H200, fully booked", InstanceType = "p5en.48xlarge", Zone = "us-east-1b",
            RanksPerNode = 8, NodeCount = 2, MaxNodeCount = 2, RunningJobRanks = 16,
        },
        new()
        {
            Id = "l40s-failed", DisplayName = "L40S", InstanceType = "g6e.48xlarge", Zone = East,
            RanksPerNode = 8, NodeCount = 0, MaxNodeCount = 2, State = "FAILED",
            Status = new SandboxStatus(GoogleRpcCode.ResourceExhausted, "no g6e.48xlarge capacity in us-east-1a"),
        },
        new()
        {
            Id = "b200-new", DisplayName = "B200, being created", InstanceType = "p6-b200.48xlarge", Zone = "us-east-1b",
            RanksPerNode = 8, NodeCount = 0, MaxNodeCount = 2, State = "CREATING",
            Status = new SandboxStatus(GoogleRpcCode.Unavailable, "waiting for the first of 2 nodes"),
        },
        new()
        {
            Id = "l4-burst", DisplayName = "L4, scales from zero", InstanceType = "g6.48xlarge", Zone = East,
            RanksPerNode = 8, NodeCount = 0, MaxNodeCount = 4,
        },
        new()
        {
            Id = "cpu-spot-west", DisplayName = "CPU, spot, Oregon", InstanceType = "c7i.24xlarge", Zone = West, Spot = true,
            RanksPerNode = 1, NodeCount = 1, MaxNodeCount = 20,
        },
    ];

    /// <summary>The role bindings: a role for two users, and a role for each of them alone.</summary>
    public static IReadOnlyList<SandboxRoleBinding> RoleBindings() =>
    [
        new(SandboxData.DeveloperEmail, "arn:aws:iam::123456789012:role/trainer"),
        new(ColleagueEmail, "arn:aws:iam::123456789012:role/trainer"),
        new(SandboxData.DeveloperEmail, "arn:aws:iam::123456789012:role/research/data-reader"),
        new(ColleagueEmail, "arn:aws:iam::123456789012:role/evaluator"),
    ];

    private static SandboxEnvironment Owned(
        string id, string displayName, DateTimeOffset updated, SandboxConnection? last = null, string zone = "") =>
        new()
        {
            Id = id, DisplayName = displayName, CreatedBy = SandboxData.DeveloperEmail, CreateTime = updated.AddDays(-30), UpdateTime = updated,
            Connection = last, Zone = zone,
        };

    private static SandboxEnvironment Connected(
        string id, string displayName, DateTimeOffset updated, SandboxConnection connection, bool snapshotFails = false) =>
        new()
        {
            Id = id, DisplayName = displayName, CreatedBy = SandboxData.DeveloperEmail, CreateTime = updated.AddDays(-12), UpdateTime = updated,
            State = GatewayStates.Connected, Connection = connection, Zone = East, SnapshotFails = snapshotFails,
        };
}
