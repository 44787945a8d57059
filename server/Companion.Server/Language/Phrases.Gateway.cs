using Companion.Gateway;
using Companion.Gateway.Credentials;

namespace Companion.Server.Language;

// Of what the gateway answers. Where something is "said", it is the gateway's words in brackets after a space, or nothing.
internal partial class Phrases
{
    public virtual string RolesNotTold => "The gateway does not tell this API key the account's IAM roles: type the role's ARN instead.";

    public virtual string NotOffered(string gateway) =>
        $"{gateway} does not offer environments and node pools to this account; the vendor no longer lists them for ordinary accounts.";

    public virtual string KeyNotAccepted => "The gateway does not accept the API key: sign in with a valid one.";

    public virtual string MayNotUse(string environment, string account) =>
        $"This API key may not use {environment} of account {account}: choose another account, or ask its owner for access.";

    public virtual string MayNotUseAccount => "This API key may not use this account: choose another account, or ask its owner for access.";

    public virtual string NotFoundIn(string account, string environment, string said) =>
        $"The gateway knows no such thing in account {account} as was asked for with {environment}{said}: choose another one from the list.";

    public virtual string NotFound(string said) => $"The gateway does not know it{said}.";

    public virtual string AskedToWait(int seconds) => $"The gateway asks to wait {seconds} s, as this account sends too many requests.";

    public virtual string TooEarly(int seconds) => $"The gateway wants to be asked less often: try again in {seconds} s.";

    public virtual string Exhausted(string said) =>
        $"The gateway has too many requests of this account, or no capacity{said}: try again in a minute.";

    public virtual string Suspended(string said) => $"The account is suspended{said}: see the vendor's billing page.";

    public virtual string ValueRefused(string said) => $"The gateway refused a value{said}: correct it, and try again.";

    public virtual string Refused(string said) => $"The gateway refused{said}: put that right, and try again.";

    public virtual string Failed(string why, string said) => $"The gateway failed ({why}){said}: try again in a minute.";

    /// <summary>Nothing was answered that can be used.</summary>
    public virtual string Unanswered(GatewayException fault) => fault.Message;

    public virtual string NoKey => "There is no API key: sign in, or set FIREWORKS_API_KEY and restart the server.";

    /// <summary>The key that was found cannot be used.</summary>
    public virtual string KeyUnusable(UnusableKey key) => $"There is no API key that can be used: {key}. Correct it and restart the server, or sign in.";

    public virtual string NoAccount => "This API key reaches no account: use another key.";

    public virtual string SeveralAccounts(string accounts) => $"This API key reaches several accounts ({accounts}): choose one with accountId.";

    public virtual string AccountTakesTooLong => "The gateway takes too long to say whose key this is: try again later.";
}
