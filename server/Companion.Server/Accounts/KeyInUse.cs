using Companion.Gateway.Credentials;

namespace Companion.Server.Accounts;

/// <summary>What was found before anybody signed in.</summary>
/// <param name="Key">The key; null where there is none that can be used.</param>
/// <param name="Unusable">The key that cannot be used, where there is no other.</param>
internal sealed record GivenKey(KeyInUse? Key, UnusableKey? Unusable = null);

/// <summary>A key and where it came from.</summary>
/// <param name="ApiKey">The key.</param>
/// <param name="AccountId">The account that came with it, if one did.</param>
/// <param name="Source">One of <see cref="Protocol.KeySources"/>.</param>
/// <param name="Origin">The variable or the file, where it came from one.</param>
internal sealed record KeyInUse(string ApiKey, string? AccountId, string Source, string? Origin)
{
    /// <summary>The record without its secret, for logs and debuggers.</summary>
    public override string ToString() => $"{nameof(KeyInUse)} {{ AccountId = {AccountId}, Source = {Source}, Origin = {Origin} }}";
}
