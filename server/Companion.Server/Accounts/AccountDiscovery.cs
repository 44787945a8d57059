using Companion.Gateway;
using Companion.Gateway.Api;
using Companion.Gateway.Resources;
using Companion.Protocol;
using Companion.Server.Environments;
using Companion.Server.Errors;
using Companion.Server.Language;

namespace Companion.Server.Accounts;

/// <summary>Finds the account that a key belongs to.</summary>
internal sealed class AccountDiscovery(IGateway gateway, Phrases phrases)
{
    /// <summary>Checks the key and finds its account.</summary>
    /// <param name="chosen">The account to use, or null for the one that the key belongs to.</param>
    /// <exception cref="GatewayException">The gateway rejected the key or couldn't be reached.</exception>
    /// <exception cref="MethodException">The key has access to no account, or to several and none is chosen.</exception>
    public async Task<AccountInfo> FindAsync(string? chosen, CancellationToken cancellationToken)
    {
        var verifying = VerifyAsync(cancellationToken);
        var describing = chosen is null ? null : DescribeAsync(chosen, mustExist: true, cancellationToken);
        // Both at the same time, because the first list waits for them. If both fail, the key's failure is reported.
        if (describing is not null)
            await Task.WhenAll(verifying, describing).ConfigureAwait(false);
        var verified = await verifying.ConfigureAwait(false);
        var id = chosen ?? verified.AccountId ?? await OnlyAccountAsync(cancellationToken).ConfigureAwait(false);
        var account = await (describing ?? DescribeAsync(id, mustExist: false, cancellationToken)).ConfigureAwait(false);
        return new AccountInfo
        {
            AccountId = id,
            DisplayName = account?.DisplayName,
            Email = verified.DeveloperEmail ?? account?.Email,
            SuspendState = account?.SuspendState,
            KeySource = KeySources.SignIn,
        };
    }

    /// <summary>
    /// Lists every account that the key has access to. If the gateway doesn't list any, returns the account that the key belongs to.
    /// </summary>
    /// <exception cref="GatewayException">The gateway rejected the key or couldn't be reached.</exception>
    /// <exception cref="MethodException">The key has access to no account.</exception>
    public async Task<IReadOnlyList<AccountSummary>> ListAsync(string? chosen, WholeListReader listReader, CancellationToken cancellationToken)
    {
        var accounts = new List<AccountSummary>();
        try
        {
            await listReader.ReadAsync(
                gateway.ListAccountsAsync(cancellationToken),
                page => accounts.AddRange(page.Select(static a => new AccountSummary { AccountId = a.AccountId, DisplayName = a.DisplayName, SuspendState = a.SuspendState })),
                cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (fault.IsRouteMissing || fault is { Kind: FaultKind.ErrorResponse, Code: GoogleRpcCode.PermissionDenied })
        {
            // The gateway may still report which account the key belongs to.
        }

        return accounts.Count > 0 ? accounts : [Summary(await FindAsync(chosen, cancellationToken).ConfigureAwait(false))];
    }

    private static AccountSummary Summary(AccountInfo account) =>
        new() { AccountId = account.AccountId, DisplayName = account.DisplayName, SuspendState = account.SuspendState };

    // A gateway without this route may still accept the key. The following calls show whether it does.
    private async Task<VerifiedApiKey> VerifyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.VerifyApiKeyAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (fault.IsRouteMissing)
        {
            return new VerifiedApiKey(AccountId: null, DeveloperEmail: null);
        }
    }

    private async Task<string> OnlyAccountAsync(CancellationToken cancellationToken)
    {
        const int Named = 5;
        var ids = new List<string>();
        await foreach (var page in gateway.ListAccountsAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.AddRange(page.Select(static account => account.AccountId));
            if (ids.Count > Named)
                break;
        }

        return ids switch
        {
            [var only] => only,
            [] => throw ErrorMessages.Error(GoogleRpcCode.NotFound, phrases.NoAccount),
            _ => throw ErrorMessages.Error(
                GoogleRpcCode.FailedPrecondition,
                phrases.SeveralAccounts(string.Join(", ", ids.Take(Named)) + (ids.Count > Named ? ", …" : ""))),
        };
    }

    // Details of the account are optional, but an account that was named explicitly must exist.
    private async Task<GatewayAccount?> DescribeAsync(string id, bool mustExist, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.GetAccountAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException fault) when (IsAnswer(fault) && !(mustExist && IsRefusal(fault)))
        {
            return null;
        }
    }

    private static bool IsAnswer(GatewayException fault) => fault is { Kind: FaultKind.ErrorResponse } or { InvalidResponseReason: InvalidResponseReason.StrayNotFound };

    private static bool IsRefusal(GatewayException fault) => fault is { InvalidResponseReason: InvalidResponseReason.StrayNotFound }
        or { Code: GoogleRpcCode.NotFound or GoogleRpcCode.PermissionDenied or GoogleRpcCode.Unauthenticated };
}
