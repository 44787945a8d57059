namespace Companion.Gateway.Credentials;

/// <summary>
/// Finds the user's existing credentials in the vendor's documented order: environment variables, then <c>~/.fireworks/auth.ini</c>. A specified
/// profile (<c>FIREWORKS_PROFILE</c>) or file (<c>FIREWORKS_AUTH_FILE</c>) comes before environment variables. Never throws because of the
/// content of a file or variable.
/// </summary>
public sealed class CredentialSources
{
    private const string ApiKeyVariable = "FIREWORKS_API_KEY";
    private const string AccountIdVariable = "FIREWORKS_ACCOUNT_ID";

    private static readonly string[] BaseUrlVariables = ["FIREWORKS_BASE_URL", "FIREWORKS_API_BASE", "FIREWORKS_API_BASE_URL"];

    private readonly IProcessEnvironment _environment;

    /// <summary>Creates the sources of a process.</summary>
    public CredentialSources(IProcessEnvironment environment) => _environment = environment;

    /// <summary>Searches everywhere again, because the user may have signed in with another tool since the last time.</summary>
    public CredentialLookup Find()
    {
        var warnings = new List<string>();
        var location = AuthFileLocation.Of(_environment, warnings);
        var auth = Read(location.AuthFile, location.IsSpecified, warnings);
        var settings = Read(location.SettingsFile, isSpecified: false, warnings);

        var accountInFile = Account(auth, warnings) ?? Account(settings, warnings);
        var accountVariable = AccountVariable(warnings);
        var unusable = new List<UnusableKey>();
        var fromVariable = VariableCredential(accountVariable, unusable);
        var fromFile = FileCredential(auth, Account(auth, []), unusable);
        if (location.IsSpecified)
            unusable.Reverse();
        warnings.AddRange(unusable.Select(static key => $"{key} and is ignored."));
        var credential = location.IsSpecified ? fromFile ?? fromVariable : fromVariable ?? fromFile;
        return new CredentialLookup
        {
            Credential = credential,
            Unusable = credential is null ? unusable.FirstOrDefault() : null,
            AccountId = location.IsSpecified ? accountInFile ?? accountVariable : accountVariable ?? accountInFile,
            Warnings = warnings,
        };
    }

    /// <summary>Returns the first base URL variable that's set, without validating it, or null. Doesn't read files.</summary>
    public FoundValue? FindBaseUrl()
    {
        foreach (var name in BaseUrlVariables)
        {
            if (Variable(name) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>The account in a file, or null.</summary>
    internal static FoundValue? Account(IniFile? file, List<string> warnings) =>
        file?.Get("account_id") is { } text && AccountId(text, $"account_id in {file.Path}", warnings) is { } accountId
            ? new FoundValue(accountId, CredentialSource.File, file.Path)
            : null;

    /// <summary>The key in a file, or null.</summary>
    /// <param name="account">The account in the file, or null.</param>
    /// <param name="unusable">Receives a key that can't be used.</param>
    internal static Credential? FileCredential(IniFile? file, FoundValue? account, List<UnusableKey> unusable)
    {
        const string Name = "api_key";
        var origin = $"{Name} in {file?.Path}";
        if (file?.Get(Name) is { } apiKey)
            return IsUsable(apiKey, origin, unusable) ? new Credential(apiKey, account?.Value, CredentialSource.File, file.Path) : null;
        if (file?.SectionOf(Name) is { } section)
            unusable.Add(new UnusableKey(file.Path, new ApiKeyFault(ApiKeyFaultKind.OtherSection, SecretMask.Redact($"[{section}]", apiKey: null))));
        return null;
    }

    /// <summary>The ID of an account, or null if it isn't valid.</summary>
    /// <param name="text">The ID or the resource name.</param>
    /// <param name="where">What contains it, for the warning.</param>
    internal static string? AccountId(string text, string where, List<string> warnings)
    {
        const string Collection = "accounts/";
        var id = text.StartsWith(Collection, StringComparison.Ordinal) ? text[Collection.Length..].TrimEnd('/') : text;

        // Account IDs are shown to others, so a key that was entered in place of one must not be used.
        if (SecretMask.Redact(id, apiKey: null) != id)
            warnings.Add($"{where} looks like an API key and is ignored.");
        else if (!ResourceName.IsPlainSegment(id) || id.EnumerateRunes().Any(InvisibleCharacters.Contains))
            warnings.Add($"{where} isn't a valid account ID and is ignored.");
        else
            return id;
        return null;
    }

    private static IniFile? Read(string? path, bool isSpecified, List<string> warnings)
    {
        if (path is null)
            return null;
        var file = IniFile.Read(path, out var problem);
        if (problem is not null && (isSpecified || !problem.IsMissing))
            warnings.Add($"{path} {problem.Text} and is ignored.");
        return file;
    }

    private FoundValue? AccountVariable(List<string> warnings) =>
        Variable(AccountIdVariable) is { } found && AccountId(found.Value, AccountIdVariable, warnings) is { } accountId
            ? found with { Value = accountId }
            : null;

    private Credential? VariableCredential(FoundValue? account, List<UnusableKey> unusable) =>
        Variable(ApiKeyVariable) is { } apiKey && IsUsable(apiKey.Value, ApiKeyVariable, unusable)
            ? new Credential(apiKey.Value, account?.Value, CredentialSource.Environment, ApiKeyVariable)
            : null;

    private FoundValue? Variable(string name) =>
        IniFile.Unquote(_environment.GetVariable(name)) is { Length: > 0 } value
            ? new FoundValue(value, CredentialSource.Environment, name)
            : null;

    private static bool IsUsable(string apiKey, string where, List<UnusableKey> unusable)
    {
        if (ApiKeyFault.Of(apiKey) is not { } fault)
            return true;
        unusable.Add(new UnusableKey(where, fault));
        return false;
    }
}
