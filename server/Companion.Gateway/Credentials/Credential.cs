namespace Companion.Gateway.Credentials;

/// <summary>Where something was found.</summary>
public enum CredentialSource
{
    /// <summary>An environment variable.</summary>
    Environment,

    /// <summary>A file.</summary>
    File,
}

/// <summary>An API key that the person has already.</summary>
/// <param name="AccountId">
/// The account that stands beside the key in the same source, so that the two belong together; null where none does.
/// </param>
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

/// <summary>A key that was found and cannot be used.</summary>
/// <param name="Origin">Where it was found, such as FIREWORKS_API_KEY, or api_key in a file.</param>
public sealed record UnusableKey(string Origin, ApiKeyFault Fault)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Origin} {Fault}";
}

/// <summary>Everything that was found.</summary>
public sealed record CredentialLookup
{
    /// <summary>The key that wins; null where there is none.</summary>
    public Credential? Credential { get; init; }

    /// <summary>
    /// The account that wins by the documented order, whatever source the key came from: the environment, auth.ini, settings.ini
    /// (a named profile or auth file before the environment). Null where none names one.
    /// </summary>
    public FoundValue? AccountId { get; init; }

    /// <summary>The key that would win if it could be used, where none can. Null where there is a key, or nothing that was meant as one.</summary>
    public UnusableKey? Unusable { get; init; }

    /// <summary>What could not be used, one sentence each, without any part of the content.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
