using System.Text.Json.Serialization;

namespace Companion.Protocol;

/// <summary>
/// How every message is read and written: camelCase, members that are not set left out, and on the way in nothing that the
/// contract does not name (a mistyped member must not cost a GPU).
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(InitializeParams))]
[JsonSerializable(typeof(InitializeResult))]
[JsonSerializable(typeof(SetTraceParams))]
[JsonSerializable(typeof(LogMessageParams))]
[JsonSerializable(typeof(ProgressParams))]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(ConnectParams))]
[JsonSerializable(typeof(DisconnectParams))]
[JsonSerializable(typeof(EnvironmentInfo))]
[JsonSerializable(typeof(IReadOnlyList<EnvironmentInfo>))]
[JsonSerializable(typeof(ListEnvironmentsParams))]
[JsonSerializable(typeof(ListEnvironmentsResult))]
[JsonSerializable(typeof(GetEnvironmentParams))]
[JsonSerializable(typeof(WatchEnvironmentsParams))]
[JsonSerializable(typeof(EnvironmentChangedParams))]
[JsonSerializable(typeof(ListNodePoolsParams))]
[JsonSerializable(typeof(ListNodePoolsResult))]
[JsonSerializable(typeof(ListRolesParams))]
[JsonSerializable(typeof(ListRolesResult))]
[JsonSerializable(typeof(SignInParams))]
[JsonSerializable(typeof(AccountInfo))]
[JsonSerializable(typeof(ListAccountsParams))]
[JsonSerializable(typeof(ListAccountsResult))]
[JsonSerializable(typeof(DiagnoseParams))]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(ReportInfo))]
[JsonSerializable(typeof(ErrorData))]
public sealed partial class ProtocolJson : JsonSerializerContext;
