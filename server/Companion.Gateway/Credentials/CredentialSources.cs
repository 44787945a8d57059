namespace Companion.Gateway.Credentials;

/// <summary>
/// Finds the credentials that a person already has, in the vendor's documented order: environment variables, then
/// <c>~/.fireworks/auth.ini</c>. A profile (<c>FIREWORKS_PROFILE</c>) or a file (<c>FIREWORKS_AUTH_FILE</c>) that is named comes
/// before the environment. Nothing here throws for what a file or a variable holds.
/// </summary>
public sealed class CredentialSources
{
    private const string ApiKeyVariable = "FIREWORKS_API_KEY";
    private const string AccountIdVariable = "FIREWORKS_ACCOUNT_ID";

    private static readonly string[] BaseUrlVariables = ["FIREWORKS_BASE_URL", "FIREWORKS_API_BASE", "FIREWORKS_API_BASE_URL"];

    private readonly IProcessEnvironment _environment;

    /// <summary>Credentials of a process.</summary>
    /// <param name="environment">Its surroundings.</param>
    public CredentialSources(IProcessEnvironment environment) => _environment = environment;

    /// <summary>Looks everywhere, anew each time: a person may have signed in with another tool meanwhile.</summary>
    public CredentialLookup Find()
    {
        var warnings = new List<string>();
        var location = AuthFileLocation.Of(_environment, warnings);
        var auth = Read(location.AuthFile, location.IsNamed, warnings);
        var settings = Read(location.SettingsFile, isNamed: false, warnings);

        var accountInFile = Account(auth, warnings) ?? Account(settings, warnings);
        var accountVariable = AccountVariable(warnings);
        var fromFile = FileCredential(auth, Account(auth, []), warnings);
        var fromVariable = VariableCredential(accountVariable, warnings);
        return new CredentialLookup
        {
            Credential = location.IsNamed ? fromFile ?? fromVariable : fromVariable ?? fromFile,
            AccountId = location.IsNamed ? accountInFile ?? accountVariable : accountVariable ?? accountInFile,
            Warnings = warnings,
        };
    }

    /// <summary>The base URL's variable that is set; not checked yet. Null where none is. No file is read.</summary>
    public FoundValue? FindBaseUrl()
    {
        foreach (var name in BaseUrlVariables)
        {
            if (Variable(name) is { } value)
                return value;
        }

        return null;
    }

    private static IniFile? Read(string? path, bool isNamed, List<string> warnings)
    {
        if (path is null)
            return null;
        var file = IniFile.Read(path, out var problem);
        if (problem is not null && (isNamed || !problem.IsMissing))
            warnings.Add($"{path} {problem.Text} and is ignored.");
        return file;
    }

    private static FoundValue? Account(IniFile? file, List<string> warnings) =>
        file?.Get("account_id") is { } accountId && IsNoKey(accountId, $"account_id in {file.Path}", warnings)
            ? new FoundValue(accountId, CredentialSource.File, file.Path)
            : null;

    private FoundValue? AccountVariable(List<string> warnings) =>
        Variable(AccountIdVariable) is { } found && IsNoKey(found.Value, AccountIdVariable, warnings) ? found : null;

    private static Credential? FileCredential(IniFile? file, FoundValue? account, List<string> warnings) =>
        file?.Get("api_key") is { } apiKey && IsUsable(apiKey, $"api_key in {file.Path}", warnings)
            ? new Credential(apiKey, account?.Value, CredentialSource.File, file.Path)
            : null;

    private Credential? VariableCredential(FoundValue? account, List<string> warnings) =>
        Variable(ApiKeyVariable) is { } apiKey && IsUsable(apiKey.Value, ApiKeyVariable, warnings)
            ? new Credential(apiKey.Value, account?.Value, CredentialSource.Environment, ApiKeyVariable)
            : null;

    private FoundValue? Variable(string name) =>
        IniFile.Unquote(_environment.GetVariable(name)) is { Length: > 0 } value
            ? new FoundValue(value, CredentialSource.Environment, name)
            : null;

    // An account's id is shown to everybody who looks; a key that somebody put in its place must not be.
    private static bool IsNoKey(string accountId, string where, List<string> warnings)
    {
        if (SecretMask.Redact(accountId, apiKey: null) == accountId)
            return true;
        warnings.Add($"{where} looks like an API key and is ignored.");
        return false;
    }

    // Length and prefix are the gateway's business; a header can carry visible ASCII and nothing else.
    private static bool IsUsable(string apiKey, string where, List<string> warnings)
    {
        if (!apiKey.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return true;
        warnings.Add($"{where} has characters that no API key has and is ignored.");
        return false;
    }
}
