using System.Text.Json;

namespace Companion.Server.Storage;

/// <summary>What the processes of this machine know of how fast an account may ask. Nothing is kept until the gateway has shown a limit.</summary>
/// <param name="accountId">Returns the account in use, or null while it is unknown. Nothing is shared then.</param>
internal sealed class SharedRateLimit(IDurableStore store, string gateway, Func<string?> accountId)
{
    /// <summary>What is known, or null.</summary>
    public RateLimitRecord? Read() => Name() is { } name ? Parse(store.Read(name)) : null;

    /// <summary>Reads and replaces it; no other process can do so in between.</summary>
    /// <param name="change">Returns the new record. Called exactly once, even if nothing can be stored.</param>
    public void Change(Func<RateLimitRecord?, RateLimitRecord> change)
    {
        var isChanged = false;
        if (Name() is { } name)
        {
            _ = store.Change(name, before =>
            {
                isChanged = true;
                return JsonSerializer.Serialize(change(Parse(before)), StorageJson.Default.RateLimitRecord);
            });
        }

        if (!isChanged)
            _ = change(null);
    }

    private static RateLimitRecord? Parse(string? text) => text is null ? null : StorageJson.Parse(text, StorageJson.Default.RateLimitRecord);

    private string? Name() => accountId() is { } account ? StoreNames.Pace(gateway, account) : null;
}
