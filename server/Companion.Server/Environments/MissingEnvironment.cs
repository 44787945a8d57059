using Companion.Gateway;
using Companion.Protocol;

namespace Companion.Server.Environments;

/// <summary>Whether an environment no longer exists.</summary>
internal static class MissingEnvironment
{
    /// <summary>True if the gateway reported that the environment doesn't exist. With the key of another account, that proves nothing.</summary>
    /// <param name="accountId">The account in use, or null while it is unknown.</param>
    public static bool IsIn(EnvironmentChangedParams changed, string? accountId) =>
        changed is { Environment: null, Problem.Code: (int)GoogleRpcCode.NotFound } && accountId == changed.AccountId;
}
