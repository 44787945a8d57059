namespace Companion.Gateway.Credentials;

/// <summary>Where something was found.</summary>
public enum CredentialSource
{
    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A file.</summary>
    File,
}

/// <summary>An API key that the user already has.</summary>
/// <param name="AccountId">The account that the same source specifies next to the key, or null.</param>
/// <param name="Origin">The name of the variable or the path of the file.</param>
public sealed record Credential(string ApiKey, string? AccountId, CredentialSource Source, string Origin)
{
    /// <summary>The credential without its secret, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(Credential)} {{ AccountId = {AccountId}, Source = {Source}, Origin = {Origin} }}";
}

/// <summary>A setting that was found.</summary>
/// <param name="Value">The value. Not blank.</param>
/// <param name="Origin">The name of the variable or the path of the file.</param>
public sealed record FoundValue(string Value, CredentialSource Source, string Origin);

/// <summary>A key that was found but can't be used.</summary>
/// <param name="Origin">Where it was found, such as FIREWORKS_API_KEY, or api_key in a file.</param>
public sealed record UnusableKey(string Origin, ApiKeyFault Fault)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Origin} {Fault}";
}

/// <summary>The result of a search.</summary>
public sealed record CredentialLookup
{
    /// <summary>The key with the highest precedence, or null.</summary>
    public Credential? Credential { get; init; }

    /// <summary>
    /// The account with the highest precedence by the documented order, regardless of the key's source: environment variables, auth.ini,
    /// settings.ini (or a specified profile or auth file before environment variables). Null if there's none.
    /// </summary>
    public FoundValue? AccountId { get; init; }

    /// <summary>The key that would have the highest precedence if it were usable. Null if there's a usable key or no key at all.</summary>
    public UnusableKey? Unusable { get; init; }

    /// <summary>What couldn't be used, as sentences that contain no part of the content.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
