using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>The names under which things are kept.</summary>
internal static class StoreNames
{
    /// <summary>How the names of intents begin.</summary>
    public const string IntentPrefix = "intent.";

    /// <summary>What was learned about durations.</summary>
    public const string Durations = "durations.json";

    /// <summary>Written when an environment is seen to have changed.</summary>
    public const string Bell = "bell";

    /// <summary>The change that is under way for an environment.</summary>
    public static string Intent(EnvironmentKey key) => $"{IntentPrefix}{Plain(key)}.json";

    /// <summary>The lock of an environment.</summary>
    public static string Lock(EnvironmentKey key) => $"lock.{Plain(key)}";

    // An account that the gateway named may have an id of any form.
    private static string Plain(EnvironmentKey key) => $"{Uri.EscapeDataString(key.AccountId)}.{Uri.EscapeDataString(key.EnvironmentId)}";
}
