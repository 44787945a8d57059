using System.Text.Json.Serialization;
using Companion.Server.Changes;

namespace Companion.Server.Usage;

/// <summary>What was observed of a connection.</summary>
internal sealed record UsageRow
{
    public required string AccountId { get; init; }

    public required string EnvironmentId { get; init; }

    public string? DisplayName { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>A value of <see cref="Protocol.Actors"/> if it wasn't a person who started it.</summary>
    public string? By { get; init; }

    public required string NodePoolId { get; init; }

    public string? InstanceType { get; init; }

    public int? NumRanks { get; init; }

    public string? Role { get; init; }

    public string? Zone { get; init; }

    /// <summary>When it began, or when it was first seen.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When it ended, or when it was last seen.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>When the environment last changed, on the gateway's clock, or null if the gateway didn't say.</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>The latest time at which it can have ended, or null if it ended at <see cref="Until"/> or hasn't ended.</summary>
    public DateTimeOffset? EndedBefore { get; init; }

    /// <summary>How it ended, or how it's about to end: a value of <see cref="Protocol.UsageEnds"/>. Null while nothing suggests an end.</summary>
    public string? End { get; init; }

    /// <summary>Rows are compared by reference. The generated code for their members would add to the native server.</summary>
    public bool Equals(UsageRow? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(EnvironmentId);

    /// <inheritdoc/>
    public override string ToString() => Id;

    /// <summary>The environment.</summary>
    [JsonIgnore]
    public EnvironmentKey Key => new(AccountId, EnvironmentId);

    /// <summary>Identifies the connection. A text, because the code of collections for each other type would add to the native server.</summary>
    [JsonIgnore]
    public string Id => $"{AccountId}/{EnvironmentId}/{From.UtcTicks}";
}

/// <summary>The format of stored rows.</summary>
/// <param name="Open">The connections that haven't ended as far as it's known.</param>
/// <param name="Ended">The others.</param>
/// <param name="ClearedAt">When the history was last deleted. Nothing from before is recorded again.</param>
internal sealed record UsageDocument(int Version, IReadOnlyList<UsageRow> Open, IReadOnlyList<UsageRow> Ended, DateTimeOffset? ClearedAt = null)
{
    public const int CurrentVersion = 1;

    public static UsageDocument Empty { get; } = new(CurrentVersion, [], []);
}

/// <summary>How rows are stored.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(UsageDocument))]
internal sealed partial class UsageJson : JsonSerializerContext;
