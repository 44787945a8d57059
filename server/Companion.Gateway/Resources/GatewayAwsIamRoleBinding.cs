namespace Companion.Gateway.Resources;

/// <summary>An AWS IAM role that somebody is allowed to assume.</summary>
public sealed record GatewayAwsIamRoleBinding
{
    /// <summary>Who: a user's e-mail address.</summary>
    public string? Principal { get; init; }

    /// <summary>ARN of the role. Never null.</summary>
    public string Role { get => field ?? ""; init; }
}
