using System.Text.Json;

namespace Companion.Server.Storage;

/// <summary>
/// The rate limit of an account, shared by the processes on this machine. Nothing is stored until the gateway shows a limit.
/// </summary>
/// <param name="accountId">Returns the account in use, or null while it is unknown. Nothing is shared then.</param>
internal sealed class SharedRateLimit(IDurableStore store, string gateway, Func<string?> accountId)
{
    /// <summary>The stored record, or null.</summary>
    public RateLimitRecord? Read() => Name() is { } name ? Parse(store.Read(name)) : null;

    /// <summary>Reads and replaces the record atomically.</summary>
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
