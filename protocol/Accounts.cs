using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>Parameters of <c>signIn</c>.</summary>
public sealed record SignInParams
{
    /// <summary>
    /// The API key. It's checked with the gateway before it's used, kept only in memory, and never logged. Default: the key in use,
    /// otherwise the one in the environment or in auth.ini, even after <c>signOut</c>.
    /// </summary>
    [JsonConverter(typeof(ApiKeyConverter))]
    public string? ApiKey { get; init; }

    /// <summary>The account to use. Default: the one that the key belongs to.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The record without its secret, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(SignInParams)} {{ AccountId = {AccountId} }}";
}

/// <summary>An account that a key can access.</summary>
public record AccountSummary
{
    /// <summary>The account's id.</summary>
    public required string AccountId { get; init; }

    /// <summary>The display name, if it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Why the account is suspended, by the gateway's own name. It may be one that this version doesn't support.</summary>
    [KnownValues(
        "UNSUSPENDED", "FAILED_PAYMENTS", "CREDIT_DEPLETED", "MONTHLY_SPEND_LIMIT_EXCEEDED", "BLOCKED_BY_ABUSE_RULE", Open = true)]
    public string? SuspendState { get; init; }
}

/// <summary>The account in use.</summary>
public sealed record AccountInfo : AccountSummary
{
    /// <summary>The email address of the key's owner, if the gateway reports it.</summary>
    public string? Email { get; init; }

    /// <summary>Where the key came from.</summary>
    [KnownValues(KeySources.SignIn, KeySources.Environment, KeySources.File, KeySources.Sandbox)]
    public required string KeySource { get; init; }

    /// <summary>The environment variable's name or the file's path, if the key came from one.</summary>
    public string? KeyOrigin { get; init; }
}

/// <summary>Parameters of <c>listAccounts</c>.</summary>
public sealed record ListAccountsParams
{
    /// <summary>
    /// The key to list accounts with before <c>signIn</c>. It's used only for this call and never logged. Default: the key in use.
    /// </summary>
    [JsonConverter(typeof(ApiKeyConverter))]
    public string? ApiKey { get; init; }

    /// <summary>The record without its secret, for logs and debuggers.</summary>
    public override string ToString() => nameof(ListAccountsParams);
}

/// <summary>Result of <c>listAccounts</c>.</summary>
public sealed record ListAccountsResult
{
    /// <summary>
    /// Every account that the key can access, in the gateway's order. If the gateway doesn't list any, the account that the key belongs to.
    /// </summary>
    public required IReadOnlyList<AccountSummary> Accounts { get; init; }
}

/// <summary>A params or result object without members.</summary>
public sealed record Empty
{
    /// <summary>The only instance.</summary>
    public static Empty Value { get; } = new();
}

/// <summary>The values of <see cref="AccountInfo.KeySource"/>.</summary>
public static class KeySources
{
    /// <summary>Provided by the client.</summary>
    public const string SignIn = "signIn";

    /// <summary>An environment variable.</summary>
    public const string Environment = "environment";

    /// <summary>An auth.ini file.</summary>
    public const string File = "file";

    /// <summary>Built into the embedded sandbox.</summary>
    public const string Sandbox = "sandbox";
}
