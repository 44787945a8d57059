using Companion.Gateway.Credentials;

namespace Companion.Server.Accounts;

/// <summary>The key found without signing in.</summary>
/// <param name="Key">The key, or null if there is no usable one.</param>
/// <param name="Unusable">A key that can't be used, if there is no other one.</param>
internal sealed record ConfiguredKey(KeyInUse? Key, UnusableKey? Unusable = null);

/// <summary>A key and where it came from.</summary>
/// <param name="AccountId">The account that came with it, or null.</param>
/// <param name="Origin">The variable or file that the key came from, or null.</param>
internal sealed record KeyInUse(string ApiKey, string? AccountId, string Source, string? Origin)
{
    /// <summary>The record without its secret, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(KeyInUse)} {{ AccountId = {AccountId}, Source = {Source}, Origin = {Origin} }}";
}
