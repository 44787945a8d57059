using System.Text.Json.Serialization;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>Reads responses. Absent and unknown members and unexpected types are tolerated.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(LenientStringConverter), typeof(LenientInt32Converter), typeof(LenientBooleanConverter), typeof(LenientRpcCodeConverter),
        typeof(LenientTimestampConverter),
    ])]
[JsonSerializable(typeof(GatewayEnvironment))]
[JsonSerializable(typeof(GatewayNodePool))]
[JsonSerializable(typeof(GatewayNodePoolStats))]
[JsonSerializable(typeof(GatewayAccount))]
[JsonSerializable(typeof(EnvironmentPage))]
[JsonSerializable(typeof(NodePoolPage))]
[JsonSerializable(typeof(AccountPage))]
[JsonSerializable(typeof(AwsIamRoleBindingPage))]
[JsonSerializable(typeof(EmptyResponse))]
internal sealed partial class GatewayResponseJson : JsonSerializerContext;

/// <summary>A response that only has to be an object.</summary>
internal sealed record EmptyResponse;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal interface IPage<T>
{
    /// <summary>The items, or null if absent.</summary>
    IReadOnlyList<T?>? Items { get; }

    /// <summary>Null or empty on the last page.</summary>
    string? NextPageToken { get; }
}

internal sealed record EnvironmentPage(IReadOnlyList<GatewayEnvironment?>? Environments, string? NextPageToken, int TotalSize)
    : IPage<GatewayEnvironment>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayEnvironment?>? Items => Environments;
}

internal sealed record NodePoolPage(IReadOnlyList<GatewayNodePool?>? NodePools, string? NextPageToken, int TotalSize) : IPage<GatewayNodePool>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayNodePool?>? Items => NodePools;
}

internal sealed record AccountPage(IReadOnlyList<GatewayAccount?>? Accounts, string? NextPageToken, int TotalSize) : IPage<GatewayAccount>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayAccount?>? Items => Accounts;
}

internal sealed record AwsIamRoleBindingPage(IReadOnlyList<GatewayAwsIamRoleBinding?>? AwsIamRoleBindings, string? NextPageToken, int TotalSize)
    : IPage<GatewayAwsIamRoleBinding>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayAwsIamRoleBinding?>? Items => AwsIamRoleBindings;
}
