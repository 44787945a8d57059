using System.Text.Json.Serialization;
using Companion.Protocol;

namespace Companion.Server.InProcess;

/// <summary>
/// How the client in this process reads and writes messages. The server's own metadata can't read results, so that it's built faster at startup.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(InitializeResult))]
[JsonSerializable(typeof(PlanConnectParams))]
[JsonSerializable(typeof(ConnectPlan))]
[JsonSerializable(typeof(ConnectParams))]
[JsonSerializable(typeof(DisconnectParams))]
[JsonSerializable(typeof(SetLeaseParams))]
[JsonSerializable(typeof(GetEnvironmentParams))]
[JsonSerializable(typeof(ListEnvironmentsParams))]
[JsonSerializable(typeof(ListNodePoolsParams))]
[JsonSerializable(typeof(GetNodePoolUsageParams))]
[JsonSerializable(typeof(WatchEnvironmentsParams))]
[JsonSerializable(typeof(SignInParams))]
[JsonSerializable(typeof(DiagnoseParams))]
[JsonSerializable(typeof(GetUsageParams))]
[JsonSerializable(typeof(EnvironmentInfo))]
[JsonSerializable(typeof(ListEnvironmentsResult))]
[JsonSerializable(typeof(ListNodePoolsResult))]
[JsonSerializable(typeof(NodePoolUsage))]
[JsonSerializable(typeof(AccountInfo))]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(UsageInfo))]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(ErrorData))]
[JsonSerializable(typeof(WorkDoneProgress))]
[JsonSerializable(typeof(IncomingProgress))]
[JsonSerializable(typeof(EnvironmentChangedParams))]
[JsonSerializable(typeof(LeaseEndingParams))]
[JsonSerializable(typeof(LogMessageParams))]
internal sealed partial class ClientJson : JsonSerializerContext;
