using System.Text.Json.Serialization;

namespace Companion.Gateway.Resources;

/// <summary>An account, as returned by the gateway.</summary>
public sealed record GatewayAccount
{
    /// <summary>The full resource name, "accounts/a".</summary>
    public string? Name { get; init; }

    /// <summary>The ID: the last segment of the name. Empty if there's no name.</summary>
    [JsonIgnore]
    public string AccountId => ResourceName.LastSegment(Name).ToString();

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The email address.</summary>
    public string? Email { get; init; }

    /// <summary>UNSUSPENDED, FAILED_PAYMENTS, CREDIT_DEPLETED, MONTHLY_SPEND_LIMIT_EXCEEDED, BLOCKED_BY_ABUSE_RULE, or an unknown name.</summary>
    public string? SuspendState { get; init; }
}

/// <summary>The owner of a valid API key.</summary>
/// <param name="AccountId">The key's account, if the gateway specifies it.</param>
/// <param name="DeveloperEmail">The email address of the key's owner, if the gateway specifies it.</param>
public sealed record VerifiedApiKey(string? AccountId, string? DeveloperEmail);
