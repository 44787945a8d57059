using System.Text.Json.Serialization;

namespace Companion.Protocol;

/// <summary>
/// How messages are read and written: camelCase, without unset members, and refusing members that the contract doesn't define (a typo must
/// not cost a GPU). Types that are only written, and not polymorphic, have no metadata for reading, because building it would slow down
/// startup.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(SetTraceParams))]
[JsonSerializable(typeof(ProgressParams))]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(PlanConnectParams))]
[JsonSerializable(typeof(ConnectParams))]
[JsonSerializable(typeof(DisconnectParams))]
[JsonSerializable(typeof(EnvironmentInfo))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentInfo>))]
[JsonSerializable(typeof(SetLeaseParams))]
[JsonSerializable(typeof(ListEnvironmentsParams))]
[JsonSerializable(typeof(ListEnvironmentsResult))]
[JsonSerializable(typeof(GetEnvironmentParams))]
[JsonSerializable(typeof(WatchEnvironmentsParams))]
[JsonSerializable(typeof(ListNodePoolsParams))]
[JsonSerializable(typeof(ListNodePoolsResult))]
[JsonSerializable(typeof(GetNodePoolUsageParams))]
[JsonSerializable(typeof(ListRolesParams))]
[JsonSerializable(typeof(SignInParams))]
[JsonSerializable(typeof(ListAccountsParams))]
[JsonSerializable(typeof(DiagnoseParams))]
[JsonSerializable(typeof(GetUsageParams))]
[JsonSerializable(typeof(InitializeResult), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ConnectPlan), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(LogMessageParams), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(EnvironmentChangedParams), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(LeaseEndingParams), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(NodePoolUsage), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ListRolesResult), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(AccountInfo), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ListAccountsResult), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(Diagnosis), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(UsageInfo), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ReportInfo), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(ErrorData), GenerationMode = JsonSourceGenerationMode.Serialization)]
public sealed partial class ProtocolJson : JsonSerializerContext;
