using System.Text.Json.Serialization;
using Companion.Protocol.Constraints;

namespace Companion.Protocol;

/// <summary>How long to wait until a node pool has room: either <c>until</c> or <c>durationSeconds</c>.</summary>
public sealed record WaitForCapacityParams
{
    /// <summary>When to stop waiting, in RFC 3339 with an offset. In the future, and at most a year from now, on this machine's clock.</summary>
    [JsonConverter(typeof(TimeConverter))]
    public DateTimeOffset? Until { get; init; }

    /// <summary>How long to wait in seconds, from 1 to 31,536,000 (a year).</summary>
    [JsonConverter(typeof(WaitSecondsConverter))]
    public int? DurationSeconds { get; init; }
}
