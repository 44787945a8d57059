using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>An AWS IAM role that a connection of the account may assume.</summary>
public sealed record RoleInfo
{
    /// <summary>Its ARN, as <c>connect</c> takes it.</summary>
    public required string Role { get; init; }

    /// <summary>Who is allowed to assume it, such as a person's e-mail address. Absent where several are, or the gateway does not say.</summary>
    public string? Principal { get; init; }
}

/// <summary>What <c>listRoles</c> takes.</summary>
public sealed record ListRolesParams
{
    /// <summary>Account to list. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }
}

/// <summary>What <c>listRoles</c> answers.</summary>
public sealed record ListRolesResult
{
    /// <summary>Every role that a binding of the account names, each once, in the gateway's order.</summary>
    public required IReadOnlyList<RoleInfo> Roles { get; init; }
}
