using System.Security.Cryptography;
using System.Text;
using Companion.Server.Changes;

namespace Companion.Server.Storage;

/// <summary>The names of stored data.</summary>
internal static class StoreNames
{
    /// <summary>What connects within bounds use, at all gateways.</summary>
    public const string Reservations = "reservations";

    /// <summary>The lock of an environment. Hashed, because ids can have any form and length.</summary>
    public static string Lock(string gateway, EnvironmentKey key) => Hash(gateway, key.AccountId, key.EnvironmentId);

    /// <summary>The timer for an environment, which is one for each storage folder: its server keeps only the leases in that folder.</summary>
    public static string Timer(string place, string gateway, EnvironmentKey key) => Hash(place, gateway, key.AccountId, key.EnvironmentId);

    public static string Duration(string gateway, string accountId, string nodePoolId) => $"duration.{Hash(gateway, accountId, nodePoolId)}";

    public static string Pace(string gateway, string accountId) => $"pace.{Hash(gateway, accountId)}";

    public static string Leases(string gateway) => $"leases.{Hash(gateway)}";

    /// <summary>The options of the server that a timer of the operating system starts.</summary>
    public static string SystemEnd(string id) => $"end.{id}";

    /// <summary>The history of connections.</summary>
    /// <param name="part">A month, such as 2026-11, or what hasn't ended.</param>
    public static string Usage(string gateway, string part) => $"usage.{part}.{Hash(gateway)}";

    private static string Hash(params ReadOnlySpan<string> parts)
    {
        var name = new StringBuilder();
        foreach (var part in parts)
            name.Append(Uri.EscapeDataString(part)).Append(' ');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToString())).AsSpan(0, 16));
    }
}
