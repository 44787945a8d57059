using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>An AWS IAM role that connections in the account can assume.</summary>
public sealed record RoleInfo
{
    /// <summary>The ARN, in the format that <c>connect</c> takes.</summary>
    public required string Role { get; init; }

    /// <summary>
    /// Who may assume it, such as a person's email address. Absent if there are several, or if the gateway doesn't report it.
    /// </summary>
    public string? Principal { get; init; }
}

/// <summary>Parameters of <c>listRoles</c>.</summary>
public sealed record ListRolesParams
{
    /// <summary>The account to list. Default: the account in use.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }
}

/// <summary>Result of <c>listRoles</c>.</summary>
public sealed record ListRolesResult
{
    /// <summary>Every role in the account's bindings, without duplicates, in the gateway's order.</summary>
    public required IReadOnlyList<RoleInfo> Roles { get; init; }
}
