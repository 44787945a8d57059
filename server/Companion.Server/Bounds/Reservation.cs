using System.Text.Json.Serialization;
using Companion.Protocol;
using Companion.Server.Changes;
using Companion.Server.Leases;

namespace Companion.Server.Bounds;

/// <summary>What a connect within bounds uses, from before it's sent. Times are on this machine's wall clock.</summary>
/// <param name="Actor">Who started it: a value of <see cref="Actors"/>.</param>
/// <param name="Asked">The connect and the end that it asked for.</param>
/// <param name="From">When it was reserved.</param>
/// <param name="Until">When it's to end, or when it ended. Null if it has no end.</param>
internal sealed record Reservation(
    string Gateway, string AccountId, string EnvironmentId, string Actor, AskedEnd Asked, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>The connection, once the connect was confirmed.</summary>
    public ConnectionFingerprint? Connection { get; init; }

    /// <summary>When it was confirmed.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>True once the connection has provably ended.</summary>
    public bool IsOver { get; init; }

    [JsonIgnore]
    public EnvironmentKey Key => new(AccountId, EnvironmentId);

    /// <summary>The number of ranks. The gateway may have given it more than it asked for.</summary>
    [JsonIgnore]
    public int Ranks => Math.Max(Asked.Connection.NumRanks ?? 1, Connection?.NumRanks ?? 1);

    /// <summary>Reservations are compared by reference. The generated code for their members would add to the native server.</summary>
    public bool Equals(Reservation? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Asked.Id.GetHashCode();
}

/// <summary>The format of the stored reservations.</summary>
internal sealed record ReservationDocument(int Version, IReadOnlyList<Reservation> Reservations)
{
    public const int CurrentVersion = 1;
}

/// <summary>How reservations are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReservationDocument))]
internal sealed partial class ReservationJson : JsonSerializerContext;
