using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>What <c>diagnose</c> takes. Each step that lacks its subject is skipped.</summary>
public sealed record DiagnoseParams
{
    /// <summary>Account to look at. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>Environment to look at. Default: none.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? EnvironmentId { get; init; }

    /// <summary>Node pool to look at. Default: the one that the environment was connected to last.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? NodePoolId { get; init; }

    /// <summary>Ranks that are wanted of it. Default: those of the environment's last connection, else 1.</summary>
    [JsonConverter(typeof(RankCountConverter))]
    public int? NumRanks { get; init; }
}

/// <summary>What <c>diagnose</c> answers.</summary>
public sealed record Diagnosis
{
    /// <summary>The gateway that was looked for.</summary>
    public required string Gateway { get; init; }

    /// <summary>When, by this machine's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Every step of the chain, in its order. The first that failed is the culprit; those behind it are skipped.</summary>
    public required IReadOnlyList<DiagnosisStep> Steps { get; init; }
}

/// <summary>One step of the chain from this machine to the node pool.</summary>
public sealed record DiagnosisStep
{
    /// <summary>Which one.</summary>
    [KnownValues(
        DiagnosisSteps.Settings, DiagnosisSteps.NameResolution, DiagnosisSteps.Proxy, DiagnosisSteps.Tcp, DiagnosisSteps.Tls,
        DiagnosisSteps.Http, DiagnosisSteps.Key, DiagnosisSteps.Account, DiagnosisSteps.Suspension, DiagnosisSteps.Environment,
        DiagnosisSteps.NodePool, DiagnosisSteps.Capacity, DiagnosisSteps.Versions)]
    public required string Id { get; init; }

    /// <summary>How it went.</summary>
    [KnownValues(StepVerdicts.Ok, StepVerdicts.Warning, StepVerdicts.Failed, StepVerdicts.Skipped)]
    public required string Verdict { get; init; }

    /// <summary>Milliseconds that it took.</summary>
    public required int Milliseconds { get; init; }

    /// <summary>What was found, and what to do about it, in a sentence or two.</summary>
    public required string Message { get; init; }

    /// <summary>What the platform or the gateway said, with secrets masked, where it said something.</summary>
    public string? Detail { get; init; }

    /// <summary>What puts it right, where the client can offer that.</summary>
    [KnownValues(
        StepFixes.SignIn, StepFixes.OpenSettings, StepFixes.OpenProxySettings, StepFixes.SelectEnvironment, StepFixes.Connect, StepFixes.OpenBilling)]
    public string? Fix { get; init; }
}

/// <summary>The values of <see cref="DiagnosisStep.Id"/>, in the order of the chain.</summary>
public static class DiagnosisSteps
{
    /// <summary>The settings can be used.</summary>
    public const string Settings = "settings";

    /// <summary>The host's name resolves.</summary>
    public const string NameResolution = "nameResolution";

    /// <summary>The proxy, where there is one, connects to the gateway.</summary>
    public const string Proxy = "proxy";

    /// <summary>The gateway accepts connections.</summary>
    public const string Tcp = "tcp";

    /// <summary>Its certificate is trusted.</summary>
    public const string Tls = "tls";

    /// <summary>It answers HTTP, and nobody else does in its place.</summary>
    public const string Http = "http";

    /// <summary>It accepts the key.</summary>
    public const string Key = "key";

    /// <summary>The key reaches the account.</summary>
    public const string Account = "account";

    /// <summary>The account is not suspended.</summary>
    public const string Suspension = "suspension";

    /// <summary>The environment is there and well.</summary>
    public const string Environment = "environment";

    /// <summary>The node pool is there and ready.</summary>
    public const string NodePool = "nodePool";

    /// <summary>The node pool has room.</summary>
    public const string Capacity = "capacity";

    /// <summary>The versions of everything.</summary>
    public const string Versions = "versions";
}

/// <summary>The values of <see cref="DiagnosisStep.Verdict"/>.</summary>
public static class StepVerdicts
{
    /// <summary>All is well.</summary>
    public const string Ok = "ok";

    /// <summary>It works, and is worth a look.</summary>
    public const string Warning = "warning";

    /// <summary>It does not work.</summary>
    public const string Failed = "failed";

    /// <summary>It was not looked at: there was nothing to look at, or something before it failed.</summary>
    public const string Skipped = "skipped";
}

/// <summary>The values of <see cref="DiagnosisStep.Fix"/>.</summary>
public static class StepFixes
{
    /// <summary>Sign in with another key.</summary>
    public const string SignIn = "signIn";

    /// <summary>Change a setting of the client.</summary>
    public const string OpenSettings = "openSettings";

    /// <summary>Change a setting of the editor's proxy.</summary>
    public const string OpenProxySettings = "openProxySettings";

    /// <summary>Choose another environment.</summary>
    public const string SelectEnvironment = "selectEnvironment";

    /// <summary>Connect to another node pool, or with fewer ranks.</summary>
    public const string Connect = "connect";

    /// <summary>See the vendor's billing page.</summary>
    public const string OpenBilling = "openBilling";
}
