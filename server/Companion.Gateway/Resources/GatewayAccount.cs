using System.Text.Json.Serialization;

namespace Companion.Gateway.Resources;

/// <summary>An account as the gateway describes it.</summary>
public sealed record GatewayAccount
{
    /// <summary>Its full resource name, "accounts/a".</summary>
    public string? Name { get; init; }

    /// <summary>Its id: the last segment of the name. Empty where it has no name.</summary>
    [JsonIgnore]
    public string AccountId => ResourceName.LastSegment(Name);

    /// <summary>Its name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Its e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>
    /// UNSUSPENDED, FAILED_PAYMENTS, CREDIT_DEPLETED, MONTHLY_SPEND_LIMIT_EXCEEDED, BLOCKED_BY_ABUSE_RULE, or an unknown name.
    /// </summary>
    public string? SuspendState { get; init; }
}

/// <summary>What the gateway says about an API key that it accepts.</summary>
/// <param name="AccountId">The key's account, if the gateway specifies it.</param>
/// <param name="DeveloperEmail">The email address of the key's owner, if the gateway specifies it.</param>
public sealed record VerifiedApiKey(string? AccountId, string? DeveloperEmail);
