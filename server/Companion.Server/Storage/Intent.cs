using System.Text.Json;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>A change that was started.</summary>
/// <param name="Verb">connect or disconnect.</param>
/// <param name="Since">When it started, on the wall clock.</param>
internal sealed record Intent(int Version, string Gateway, string AccountId, string EnvironmentId, string Verb, DateTimeOffset Since)
{
    public const int CurrentVersion = 1;

    public EnvironmentKey Key => new(AccountId, EnvironmentId);

    /// <summary>Reads a record.</summary>
    /// <returns>Null if it's damaged or from a later version.</returns>
    public static Intent? Parse(string text) =>
        StorageJson.Parse(text, StorageJson.Default.Intent) is { Version: CurrentVersion, Verb: "connect" or "disconnect" } intent ? intent : null;

    /// <summary>Reads a record of version 0.1.0, which didn't include the gateway.</summary>
    public static Intent? ParseOld(string text, string gateway) =>
        StorageJson.Parse(text, StorageJson.Default.OldIntent) is { Verb: "connect" or "disconnect" } old
            ? new Intent(CurrentVersion, gateway, old.AccountId, old.EnvironmentId, old.Verb, old.Since)
            : null;

    /// <summary>True for a record that only a later version understands.</summary>
    public static bool IsLater(string text) => StorageJson.IsLater(text, CurrentVersion);

    public string Write() => JsonSerializer.Serialize(this, StorageJson.Default.Intent);
}

/// <summary>The format of version 0.1.0.</summary>
internal sealed record OldIntent(string AccountId, string EnvironmentId, string Verb, DateTimeOffset Since);

/// <summary>The only member that records of all versions have.</summary>
internal sealed record RecordVersion(int Version);
