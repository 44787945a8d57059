using System.Text.Json.Serialization;

namespace Companion.Gateway;

/// <summary>How answers are read: unset, unknown and oddly typed members do no harm.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters =
    [
        typeof(LooseStringConverter), typeof(LooseInt32Converter), typeof(LooseBooleanConverter), typeof(LooseTimestampConverter),
        typeof(LooseRpcCodeConverter),
    ])]
[JsonSerializable(typeof(GatewayEnvironment))]
[JsonSerializable(typeof(GatewayNodePool))]
[JsonSerializable(typeof(GatewayNodePoolStats))]
[JsonSerializable(typeof(GatewayAccount))]
[JsonSerializable(typeof(EnvironmentPage))]
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

internal sealed record EnvironmentPage(IReadOnlyList<GatewayEnvironment?>? Environments, string? NextPageToken) : IPage<GatewayEnvironment>, IAnswer
{
    [JsonIgnore]
    public IReadOnlyList<GatewayEnvironment?>? Items => Environments;

    public void SetAskedAt(long timestamp)
    {
        foreach (IAnswer? environment in Environments ?? [])
            environment?.SetAskedAt(timestamp);
    }
}

internal sealed record NodePoolPage(IReadOnlyList<GatewayNodePool?>? NodePools, string? NextPageToken) : IPage<GatewayNodePool>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayNodePool?>? Items => NodePools;
}

internal sealed record AccountPage(IReadOnlyList<GatewayAccount?>? Accounts, string? NextPageToken) : IPage<GatewayAccount>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayAccount?>? Items => Accounts;
}

internal sealed record AwsIamRoleBindingPage(IReadOnlyList<GatewayAwsIamRoleBinding?>? AwsIamRoleBindings, string? NextPageToken)
    : IPage<GatewayAwsIamRoleBinding>
{
    [JsonIgnore]
    public IReadOnlyList<GatewayAwsIamRoleBinding?>? Items => AwsIamRoleBindings;
}
