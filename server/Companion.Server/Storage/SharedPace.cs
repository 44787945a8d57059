using System.Text.Json;

namespace Companion.Server.Storage;

/// <summary>What the processes of this machine know of how fast an account may ask. Nothing is kept until the gateway has shown a limit.</summary>
/// <param name="store">Where it is kept.</param>
/// <param name="gateway">Base URL of the gateway.</param>
/// <param name="accountId">The account in use, or null while it is not known: nothing is shared then.</param>
internal sealed class SharedPace(IDurableStore store, string gateway, Func<string?> accountId)
{
    /// <summary>What is known, or null.</summary>
    public PaceRecord? Read() => Name() is { } name ? Parse(store.Read(name)) : null;

    /// <summary>Reads and replaces it; no other process can do so in between.</summary>
    /// <param name="change">Makes the new record of the old one. It is called once, also where nothing can be kept.</param>
    public void Change(Func<PaceRecord?, PaceRecord> change)
    {
        var isChanged = false;
        if (Name() is { } name)
        {
            _ = store.Change(name, before =>
            {
                isChanged = true;
                return JsonSerializer.Serialize(change(Parse(before)), StorageJson.Default.PaceRecord);
            });
        }

        if (!isChanged)
            _ = change(null);
    }

    private static PaceRecord? Parse(string? text) => text is null ? null : StorageJson.Parse(text, StorageJson.Default.PaceRecord);

    private string? Name() => accountId() is { } account ? StoreNames.Pace(gateway, account) : null;
}
