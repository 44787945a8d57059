using Companion.Gateway;
using Companion.Gateway.Credentials;

namespace Companion.Server.Language;

// The gateway's responses. "Detail" is the gateway's own message in parentheses after a space, or empty.
internal partial class Phrases
{
    public virtual string RolesNotListed => "Can't list the account's IAM roles with this API key. Enter the role's ARN instead.";

    public virtual string NotOffered(string gateway) =>
        $"{gateway} doesn't offer environments and node pools to this account. Fireworks no longer lists them for regular accounts.";

    public virtual string KeyRejected => "The gateway doesn't accept the API key. Sign in with a valid one.";

    public virtual string NoAccess(string environment, string account) =>
        $"This API key can't access {environment} in account {account}. Choose another account, or ask its owner for access.";

    public virtual string NoAccountAccess => "This API key can't access this account. Choose another account, or ask its owner for access.";

    // For a change, the node pool or the role may be the missing one.
    public virtual string NotFoundIn(string account, string environment, string detail) =>
        $"{environment}, or something requested for it, isn't in account {account}{detail}. Choose another one from the list.";

    public virtual string NotFound(string detail) => $"The gateway couldn't find it{detail}.";

    public virtual string TooManyRequests(int seconds) => $"This account sent too many requests. Try again in {seconds} s.";

    public virtual string RequestsLimited(int seconds) => $"Requests to the gateway are temporarily limited. Try again in {seconds} s.";

    public virtual string Exhausted(string detail) => $"Rate limit reached, or no capacity{detail}. Try again in a minute.";

    public virtual string Suspended(string detail) => $"The account is suspended{detail}. Check the Fireworks billing page.";

    public virtual string ValueRejected(string detail) => $"The gateway rejected a value{detail}. Correct it, then try again.";

    public virtual string Rejected(string detail) => $"The gateway rejected the request{detail}. Fix the problem, then try again.";

    public virtual string Failed(string why, string detail) => $"The gateway failed ({why}){detail}. Try again in a minute.";

    /// <summary>There's no usable response.</summary>
    public virtual string Unanswered(GatewayException fault) => fault.Message;

    public virtual string NoKey => "No API key found. Sign in, or set FIREWORKS_API_KEY and restart the server.";

    /// <summary>The key that was found can't be used.</summary>
    public virtual string KeyUnusable(UnusableKey key) => $"No usable API key found: {key}. Correct it and restart the server, or sign in.";

    public virtual string NoAccount => "This API key can't access any account. Use another key.";

    public virtual string SeveralAccounts(string accounts) => $"This API key can access several accounts ({accounts}). Choose one with accountId.";

    public virtual string AccountTakesTooLong => "Finding the account of this API key took too long. Try again later.";
}
