using System.Text.Json.Serialization;
using Companion.Gateway.Json;
using Companion.Gateway.Resources;

namespace Companion.Gateway.Api;

/// <summary>
/// How answers are read: unset, unknown and oddly typed members do no harm. Environments, of which there are thousands, have a parser of
/// their own.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(LooseStringConverter), typeof(LooseInt32Converter), typeof(LooseBooleanConverter), typeof(LooseRpcCodeConverter)])]
[JsonSerializable(typeof(GatewayNodePool))]
[JsonSerializable(typeof(GatewayNodePoolStats))]
[JsonSerializable(typeof(GatewayAccount))]
[JsonSerializable(typeof(NodePoolPage))]
[JsonSerializable(typeof(AccountPage))]
[JsonSerializable(typeof(AwsIamRoleBindingPage))]
[JsonSerializable(typeof(EmptyAnswer))]
internal sealed partial class GatewayAnswerJson : JsonSerializerContext;

/// <summary>An answer of which nothing is used but that it is an object.</summary>
internal sealed record EmptyAnswer;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
internal interface IPage<T>
{
    /// <summary>What the page holds.</summary>
    IReadOnlyList<T?>? Items { get; }

    /// <summary>Where the next page begins; null or empty on the last one.</summary>
    string? NextPageToken { get; }
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
