using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>What <c>signIn</c> takes.</summary>
public sealed record SignInParams
{
    /// <summary>
    /// The API key. It is checked with the gateway before it is used, kept in memory alone and never logged. Default: the key in
    /// use, else the one in the environment or in auth.ini, also after <c>signOut</c>.
    /// </summary>
    [JsonConverter(typeof(ApiKeyConverter))]
    public string? ApiKey { get; init; }

    /// <summary>Account to use. Default: the one that the key belongs to.</summary>
    [JsonConverter(typeof(ResourceIdConverter))]
    public string? AccountId { get; init; }

    /// <summary>The record without its secret, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(SignInParams)} {{ AccountId = {AccountId} }}";
}

/// <summary>An account that a key reaches.</summary>
public record AccountSummary
{
    /// <summary>Its id.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its name for people, where it has one.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Why it is suspended, by the gateway's own name, which may be one that this version does not know.</summary>
    [KnownValues(
        "UNSUSPENDED", "FAILED_PAYMENTS", "CREDIT_DEPLETED", "MONTHLY_SPEND_LIMIT_EXCEEDED", "BLOCKED_BY_ABUSE_RULE", Open = true)]
    public string? SuspendState { get; init; }
}

/// <summary>The account in use.</summary>
public sealed record AccountInfo : AccountSummary
{
    /// <summary>E-mail address of the key's owner, where the gateway tells.</summary>
    public string? Email { get; init; }

    /// <summary>Where the key came from.</summary>
    [KnownValues(KeySources.SignIn, KeySources.Environment, KeySources.File, KeySources.Sandbox)]
    public required string KeySource { get; init; }

    /// <summary>The environment variable's name or the file's path, where the key came from one.</summary>
    public string? KeyOrigin { get; init; }
}

/// <summary>What <c>listAccounts</c> takes.</summary>
public sealed record ListAccountsParams
{
    /// <summary>Key to list with, to choose before <c>signIn</c>. It is used for this alone and never logged. Default: the key in use.</summary>
    [JsonConverter(typeof(ApiKeyConverter))]
    public string? ApiKey { get; init; }

    /// <summary>The record without its secret, for logs and debuggers.</summary>
    public override string ToString() => nameof(ListAccountsParams);
}

/// <summary>What <c>listAccounts</c> answers.</summary>
public sealed record ListAccountsResult
{
    /// <summary>Every account that the key reaches, in the gateway's order; the one that it belongs to where the gateway lists none to it.</summary>
    public required IReadOnlyList<AccountSummary> Accounts { get; init; }
}

/// <summary>A params or result object without members.</summary>
public sealed record Empty
{
    /// <summary>The only value worth having.</summary>
    public static Empty Value { get; } = new();
}

/// <summary>The values of <see cref="AccountInfo.KeySource"/>.</summary>
public static class KeySources
{
    /// <summary>The client said it.</summary>
    public const string SignIn = "signIn";

    /// <summary>An environment variable.</summary>
    public const string Environment = "environment";

    /// <summary>An auth.ini.</summary>
    public const string File = "file";

    /// <summary>The embedded sandbox has its own.</summary>
    public const string Sandbox = "sandbox";
}
