using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Credentials;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Errors;

namespace Companion.Server.Accounts;

/// <summary>The signed-in user: the key in use and its account.</summary>
internal sealed class AccountSession(
    Func<ConfiguredKey> configuredKey, Func<Func<string?>, IGateway> gatewayFor, string? accountId, ErrorMessages errors, TimeProvider time, WholeListReader listReader)
{
    // Discovery sends several requests in a row, each with its own limit.
    private static readonly TimeSpan DiscoveryLimit = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private SignedIn? _signedIn;
    private bool _signedOut;
    private volatile GatewayException? _refusal;

    /// <summary>How the gateway rejected the most recent key. Null if it accepted the key, and after signing out.</summary>
    public GatewayException? Refusal => _refusal;

    public string? ApiKey => Key?.ApiKey;

    /// <summary>The key in use, or null.</summary>
    public KeyInUse? Key => Current()?.Key;

    /// <summary>The account in use, or null if it can't be determined without a request.</summary>
    public string? KnownAccountId => Current() is { } signedIn ? signedIn.ChosenAccountId ?? signedIn.Account?.AccountId : null;

    /// <summary>Where the key in use came from, as text for people. Null if there is no key.</summary>
    public string? KeyOrigin => Current()?.Key is { } key ? key.Origin ?? key.Source : null;

    /// <summary>The message for a missing key, which explains why an existing key can't be used.</summary>
    public string MissingKey
    {
        get
        {
            lock (_lock)
                return !_signedOut && configuredKey().Unusable is { } key ? errors.Phrases.KeyUnusable(key) : errors.Phrases.NoKey;
        }
    }

    /// <summary>Checks a key and its account, then uses both.</summary>
    /// <param name="cancellationToken">If canceled, nothing changes.</param>
    /// <exception cref="MethodException">
    /// There is no key, or the gateway rejected it or couldn't be reached. Nothing has changed.
    /// </exception>
    public async Task<AccountInfo> SignInAsync(SignInParams request, CancellationToken cancellationToken)
    {
        var key = request.ApiKey is { } said ? new KeyInUse(Usable(said), AccountId: null, KeySources.SignIn, Origin: null) : Known();
        var candidate = new SignedIn(key ?? throw NoKey(), request.AccountId ?? accountId ?? key.AccountId);
        var account = await AccountAsync(candidate, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _signedIn = candidate;
            _signedOut = false;
        }

        return account;
    }

    /// <summary>Forgets the key and doesn't look for another one.</summary>
    public void SignOut()
    {
        lock (_lock)
        {
            _signedIn = null;
            _signedOut = true;
            _refusal = null;
        }
    }

    /// <summary>The account in use, or null if there is no key.</summary>
    /// <exception cref="MethodException">The gateway rejected the key or couldn't be reached.</exception>
    public async Task<AccountInfo?> GetAccountAsync(CancellationToken cancellationToken) =>
        Current() is { } signedIn ? await AccountAsync(signedIn, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Lists every account that a key has access to.</summary>
    /// <param name="apiKey">The key to list with, or null for the key in use.</param>
    /// <exception cref="MethodException">There is no key, or the gateway rejected it or couldn't be reached.</exception>
    public Task<IReadOnlyList<AccountSummary>> ListAsync(string? apiKey, CancellationToken cancellationToken)
    {
        var (key, chosen) = apiKey is not null ? (Usable(apiKey), accountId)
            : Current() is { } signedIn ? (signedIn.Key.ApiKey, signedIn.ChosenAccountId)
            : throw NoKey();
        return DiscoverAsync(key, (discovery, token) => discovery.ListAsync(chosen, listReader, token), cancellationToken);
    }

    /// <summary>The account for a call.</summary>
    /// <exception cref="MethodException">There is no key, or its account couldn't be determined.</exception>
    public async Task<string> AccountIdAsync(string? asked, CancellationToken cancellationToken)
    {
        var signedIn = Current() ?? throw NoKey();
        return asked ?? signedIn.ChosenAccountId ?? (await AccountAsync(signedIn, cancellationToken).ConfigureAwait(false)).AccountId;
    }

    private SignedIn? Current()
    {
        lock (_lock)
        {
            if (_signedIn is null && !_signedOut && configuredKey().Key is { } found)
                _signedIn = new SignedIn(found, accountId ?? found.AccountId);
            return _signedIn;
        }
    }

    private KeyInUse? Known()
    {
        lock (_lock)
            return _signedIn?.Key ?? configuredKey().Key;
    }

    private MethodException NoKey() => ErrorMessages.Error(GoogleRpcCode.Unauthenticated, MissingKey);

    // Checked here rather than by the parameter's type, so that the message can name the problem.
    private static string Usable(string apiKey) => ApiKeyFault.Of(apiKey) is { } fault
        ? throw new MethodException(MethodException.InvalidParams, $"params.apiKey must be an API key in visible ASCII characters, but the value {fault}.")
        : apiKey;

    private async Task<AccountInfo> AccountAsync(SignedIn signedIn, CancellationToken cancellationToken)
    {
        if (signedIn.Account is { } known)
            return known;
        var key = signedIn.Key;
        var found = await DiscoverAsync(
            key.ApiKey, (discovery, token) => discovery.FindAsync(signedIn.ChosenAccountId, token), cancellationToken).ConfigureAwait(false);
        return signedIn.Account = found with { KeySource = key.Source, KeyOrigin = key.Origin };
    }

    private async Task<T> DiscoverAsync<T>(
        string apiKey, Func<AccountDiscovery, CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        var discovery = new AccountDiscovery(gatewayFor(() => apiKey), errors.Phrases);
        using var late = new CancellationTokenSource(DiscoveryLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var found = await ask(discovery, either.Token).ConfigureAwait(false);
            _refusal = null;
            return found;
        }
        catch (GatewayException fault)
        {
            if (fault is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.Unauthenticated } or { Call: "VerifyApiKey", Code: GoogleRpcCode.PermissionDenied })
                _refusal = fault;
            throw errors.Failure(fault);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ErrorMessages.Error(GoogleRpcCode.DeadlineExceeded, errors.Phrases.AccountTakesTooLong);
        }
    }

    private sealed class SignedIn(KeyInUse key, string? chosenAccountId)
    {
        public KeyInUse Key { get; } = key;

        // The client's choice takes precedence over an account stored next to a key.
        public string? ChosenAccountId { get; } = chosenAccountId;

        public AccountInfo? Account { get; set; }
    }
}
