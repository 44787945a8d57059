namespace Companion.Gateway.Credentials;

/// <summary>
/// The file in which the vendor's tools, and Companion's command line, store the key as plain text: the one that <see cref="CredentialSources"/>
/// reads. An object has what the file contained when it was found, and changes the file once.
/// </summary>
public sealed class AuthFile
{
    private const string Key = "api_key";
    private const string Account = "account_id";

    private readonly AuthFileStorage _storage;
    private readonly byte[]? _content;

    private AuthFile(AuthFileStorage storage, List<string> warnings)
    {
        _storage = storage;
        _content = storage.Read();
        if (IniFile.Parse(Path, _content, out var problem) is not { } file)
            throw new AuthFileException($"{Path} {problem?.Text}.");
        var account = CredentialSources.Account(file, warnings);
        var unusable = new List<UnusableKey>();
        Credential = CredentialSources.FileCredential(file, account, unusable);
        Unusable = unusable.FirstOrDefault();
        AccountId = account?.Value;
        Warnings = warnings;
    }

    /// <summary>The absolute path. The file may not exist yet.</summary>
    public string Path => _storage.Path;

    /// <summary>The key that's in the file, or null if there's none that can be used.</summary>
    public Credential? Credential { get; }

    /// <summary>The key that's in the file but can't be used, or null. In another section, it's neither replaced nor removed.</summary>
    public UnusableKey? Unusable { get; }

    /// <summary>The account in the file, with or without a key, or null.</summary>
    public string? AccountId { get; }

    /// <summary>What couldn't be used, as sentences that contain no part of the content.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Finds the file that the user's environment selects, and reads it.</summary>
    /// <exception cref="AuthFileException">There's no place for it, or it can't or shouldn't be changed.</exception>
    public static AuthFile Find(IProcessEnvironment environment)
    {
        var warnings = new List<string>();
        var path = AuthFileLocation.Of(environment, warnings).AuthFile;
        if (path is not null)
            return new AuthFile(new AuthFileStorage(path, environment.HomeDirectory), warnings);
        var reason = warnings.Count == 0 ? "There's no home folder." : string.Join(' ', warnings);
        throw new AuthFileException($"There's no auth.ini to store the key in. {reason} Set FIREWORKS_AUTH_FILE to the absolute path of a file.");
    }

    /// <summary>
    /// Stores a key and its account where the file's current ones are read. Everything else in the file is kept byte for byte. Only this user can
    /// access the file afterwards. On Windows, its folder's permissions apply instead.
    /// </summary>
    /// <param name="apiKey">A key without an <see cref="ApiKeyFault"/>.</param>
    /// <param name="accountId">The account that the key belongs to.</param>
    /// <exception cref="ArgumentException">The key or account can't be valid.</exception>
    /// <exception cref="AuthFileException">
    /// The file was changed since it was found, or can't be written, or wouldn't be read with this key and account.
    /// </exception>
    public void Store(string apiKey, string accountId)
    {
        if (ApiKeyFault.Of(apiKey) is { } fault)
            throw new ArgumentException($"The API key {fault}.", nameof(apiKey));
        if (CredentialSources.AccountId(accountId, "", []) != accountId)
            throw new ArgumentException("The account ID isn't valid.", nameof(accountId));
        var edited = IniEdit.Set(Text(), Key, apiKey, beside: Account);
        Replace(IniEdit.Set(edited, Account, accountId, beside: Key), apiKey, accountId);
    }

    /// <summary>Removes the key. The account and everything else in the file are kept.</summary>
    /// <returns>False if there was no key. Nothing is changed then.</returns>
    /// <exception cref="AuthFileException">The file was changed since it was found, or can't be written.</exception>
    public bool RemoveKey()
    {
        var file = IniFile.Parse(Path, _content, out _)!;
        if (file.Get(Key) is null)
            return false;
        Replace(IniEdit.Remove(Text(), Key), apiKey: null, file.Get(Account));
        return true;
    }

    private IniText Text()
    {
        var text = IniText.Decode(_content)!;

        // Lines with other breaks are read as one line, all of which would be replaced.
        return text.Lines.Any(static line => line.AsSpan().TrimEnd("\r\n").Contains('\r'))
            ? throw new AuthFileException($"{Path} has line breaks that are neither LF nor CRLF.")
            : text;
    }

    private void Replace(IniText text, string? apiKey, string? accountId)
    {
        var content = text.Encode();
        var file = IniFile.Parse(Path, content, out var problem);
        if (file is null || file.Get(Key) != apiKey || file.Get(Account) != accountId)
            throw new AuthFileException($"The key can't be stored in {Path}: with it, the file {problem?.Text ?? "isn't read as intended"}.");
        _storage.Replace(_content, content);
    }
}
