using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>Parameters of <c>diagnose</c>. Steps without a subject are skipped.</summary>
public sealed record DiagnoseParams
{
    /// <summary>The account to check. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The environment to check. Default: none.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? EnvironmentId { get; init; }

    /// <summary>The node pool to check. Default: the one that the environment was last connected to.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? NodePoolId { get; init; }

    /// <summary>The number of ranks to check for. Default: the number in the environment's last connection, otherwise 1.</summary>
    [JsonConverter(typeof(RankCountConverter))]
    public int? NumRanks { get; init; }
}

/// <summary>Result of <c>diagnose</c>.</summary>
public sealed record Diagnosis
{
    /// <summary>The gateway that was checked.</summary>
    public required string Gateway { get; init; }

    /// <summary>When the diagnosis ended, on this machine's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>All steps in order. The first failed step is the cause; the steps after it are skipped.</summary>
    public required IReadOnlyList<DiagnosisStep> Steps { get; init; }
}

/// <summary>One step from this machine to the node pool.</summary>
public sealed record DiagnosisStep
{
    /// <summary>Which step it is.</summary>
    [KnownValues(
        DiagnosisSteps.Settings, DiagnosisSteps.NameResolution, DiagnosisSteps.Proxy, DiagnosisSteps.Tcp, DiagnosisSteps.Tls,
        DiagnosisSteps.Http, DiagnosisSteps.Key, DiagnosisSteps.Account, DiagnosisSteps.Suspension, DiagnosisSteps.Environment,
        DiagnosisSteps.NodePool, DiagnosisSteps.Capacity, DiagnosisSteps.Versions)]
    public required string Id { get; init; }

    /// <summary>The result.</summary>
    [KnownValues(StepVerdicts.Ok, StepVerdicts.Warning, StepVerdicts.Failed, StepVerdicts.Skipped)]
    public required string Verdict { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public required int Milliseconds { get; init; }

    /// <summary>What was found and what to do about it, in a sentence or two.</summary>
    public required string Message { get; init; }

    /// <summary>The message of the platform or the gateway, if any, with secrets masked.</summary>
    public string? Detail { get; init; }

    /// <summary>What fixes it, if the client can offer that.</summary>
    [KnownValues(
        StepFixes.SignIn, StepFixes.OpenSettings, StepFixes.OpenProxySettings, StepFixes.SelectEnvironment, StepFixes.Connect, StepFixes.OpenBilling)]
    public string? Fix { get; init; }
}

/// <summary>The values of <see cref="DiagnosisStep.Id"/>, in order.</summary>
public static class DiagnosisSteps
{
    /// <summary>The settings are valid.</summary>
    public const string Settings = "settings";

    /// <summary>The host name resolves.</summary>
    public const string NameResolution = "nameResolution";

    /// <summary>The proxy, if any, connects to the gateway.</summary>
    public const string Proxy = "proxy";

    /// <summary>The gateway accepts connections.</summary>
    public const string Tcp = "tcp";

    /// <summary>The gateway's certificate is trusted.</summary>
    public const string Tls = "tls";

    /// <summary>The gateway responds with HTTP, and nothing else responds in its place.</summary>
    public const string Http = "http";

    /// <summary>The gateway accepts the key.</summary>
    public const string Key = "key";

    /// <summary>The key can access the account.</summary>
    public const string Account = "account";

    /// <summary>The account isn't suspended.</summary>
    public const string Suspension = "suspension";

    /// <summary>The environment exists and its last change didn't fail.</summary>
    public const string Environment = "environment";

    /// <summary>The node pool exists and is ready.</summary>
    public const string NodePool = "nodePool";

    /// <summary>The node pool has enough capacity.</summary>
    public const string Capacity = "capacity";

    /// <summary>The versions of the server, the protocol, the platform, and VS Code.</summary>
    public const string Versions = "versions";
}

/// <summary>The values of <see cref="DiagnosisStep.Verdict"/>.</summary>
public static class StepVerdicts
{
    /// <summary>It works.</summary>
    public const string Ok = "ok";

    /// <summary>It works, but needs attention.</summary>
    public const string Warning = "warning";

    /// <summary>It doesn't work.</summary>
    public const string Failed = "failed";

    /// <summary>It wasn't checked: there was nothing to check, or an earlier step failed.</summary>
    public const string Skipped = "skipped";
}

/// <summary>The values of <see cref="DiagnosisStep.Fix"/>.</summary>
public static class StepFixes
{
    /// <summary>Sign in with another key.</summary>
    public const string SignIn = "signIn";

    /// <summary>Change a setting of the client.</summary>
    public const string OpenSettings = "openSettings";

    /// <summary>Change the editor's proxy settings.</summary>
    public const string OpenProxySettings = "openProxySettings";

    /// <summary>Choose another environment.</summary>
    public const string SelectEnvironment = "selectEnvironment";

    /// <summary>Connect to another node pool, or with fewer ranks.</summary>
    public const string Connect = "connect";

    /// <summary>Check the vendor's billing page.</summary>
    public const string OpenBilling = "openBilling";
}
