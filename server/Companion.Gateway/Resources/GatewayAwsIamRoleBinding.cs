namespace Companion.Gateway.Resources;

/// <summary>An AWS IAM role that a user can assume.</summary>
public sealed record GatewayAwsIamRoleBinding
{
    /// <summary>The user's email address.</summary>
    public string? Principal { get; init; }

    /// <summary>The ARN of the role. Never null.</summary>
    public string Role { get => field ?? ""; init; }
}
