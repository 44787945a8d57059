using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Server.Changes;
using Companion.Server.Storage;

namespace Companion.Server.Leases;

/// <summary>The leases of one gateway, shared by the processes on this machine.</summary>
internal sealed class LeaseStore(IDurableStore store, string gateway)
{
    private const int MostCharacters = 512 * 1024; // a file of more than 1 MiB isn't read

    private readonly string _name = StoreNames.Leases(gateway);

    /// <summary>The stored leases. None if they're damaged or from a later version.</summary>
    public IReadOnlyDictionary<EnvironmentKey, Lease> Read() => Parse(store.Read(_name));

    /// <summary>Reads, changes, and writes one lease atomically.</summary>
    /// <param name="change">Takes the stored lease, and returns the new one or null. Called at most once.</param>
    /// <param name="all">All leases after the change.</param>
    /// <returns>Null if it was stored, otherwise the reason why not.</returns>
    public string? Change(EnvironmentKey key, Func<Lease?, Lease?> change, out IReadOnlyDictionary<EnvironmentKey, Lease> all)
    {
        var after = new Dictionary<EnvironmentKey, Lease>();
        string? refused = "No storage folder is set.";
        var failed = store.Change(_name, text =>
        {
            refused = null;
            if (text is not null && StorageJson.IsLater(text, LeaseDocument.CurrentVersion))
            {
                refused = "A newer version of Companion left leases that this version can't read.";
                return text;
            }

            after = Parse(text);
            if (change(after.GetValueOrDefault(key)) is { } lease)
                after[key] = lease;
            else
                after.Remove(key);
            var written = after.Count == 0 ? null : Write(after);
            if (written?.Length > MostCharacters)
                refused = "There are too many leases.";
            return refused is null ? written : text;
        });
        all = after;
        return failed ?? refused;
    }

    private static Dictionary<EnvironmentKey, Lease> Parse(string? text)
    {
        var leases = new Dictionary<EnvironmentKey, Lease>();
        if (text is null || StorageJson.Parse(text, LeaseJson.Default.LeaseDocument) is not { Version: LeaseDocument.CurrentVersion } document)
            return leases;
        foreach (var lease in document.Leases)
        {
            if (lease is { Kept.Stage: LeaseStage.Kept or LeaseStage.Ending or LeaseStage.Missed } or { Kept: null, Asked: not null })
                leases[lease.Key] = lease;
        }

        return leases;
    }

    private static string Write(Dictionary<EnvironmentKey, Lease> leases) => JsonSerializer.Serialize(
        new LeaseDocument(LeaseDocument.CurrentVersion, [.. leases.Values]), LeaseJson.Default.LeaseDocument);
}

/// <summary>The format of the stored leases.</summary>
internal sealed record LeaseDocument(int Version, IReadOnlyList<Lease> Leases)
{
    public const int CurrentVersion = 1;
}

/// <summary>How leases are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LeaseDocument))]
internal sealed partial class LeaseJson : JsonSerializerContext;
