using System.Text.Json.Serialization;
using Companion.Protocol;

namespace Companion.Server.Cli.Commands;

/// <summary>What <c>companion enforce</c> found and did.</summary>
internal sealed record EnforceResult(IReadOnlyList<EnforcedConnection> Connections);

/// <summary>A connection that has lasted too long.</summary>
internal sealed record EnforcedConnection
{
    public required string EnvironmentId { get; init; }

    public string? NodePoolId { get; init; }

    public string? CreatedBy { get; init; }

    /// <summary>When it began, or was first seen from this machine.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>A value of <see cref="EnforceResults"/>.</summary>
    public required string Result { get; init; }

    public string? Message { get; init; }

    /// <summary>The environment as it was listed.</summary>
    [JsonIgnore]
    public EnvironmentInfo? Environment { get; init; }
}

/// <summary>The values of <see cref="EnforcedConnection.Result"/>.</summary>
internal static class EnforceResults
{
    /// <summary>It would be disconnected with <c>--yes</c>.</summary>
    public const string TooLong = "tooLong";

    /// <summary>It was disconnected.</summary>
    public const string Ended = "ended";

    /// <summary>It's certain that it wasn't disconnected.</summary>
    public const string NotEnded = "notEnded";

    /// <summary>It's unknown whether it was disconnected.</summary>
    public const string Unknown = "unknown";

    public static int ExitCodeOf(string result) => result switch
    {
        Unknown => ExitCode.Unknown,
        NotEnded => ExitCode.NotApplied,
        _ => ExitCode.InEffect,
    };
}

/// <summary>How the result is printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnforceResult))]
internal sealed partial class EnforceJson : JsonSerializerContext;
