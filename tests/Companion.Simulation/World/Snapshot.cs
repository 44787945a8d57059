using System.Globalization;
using System.Text.Json;
using Companion.Protocol;

namespace Companion.Simulation.World;

/// <summary>An environment as the gateway has it, read from its own response by code that is independent of the server's.</summary>
internal sealed record Snapshot
{
    public required string State { get; init; }

    public StatusInfo? Status { get; init; }

    public ConnectionInfo? Connection { get; init; }

    public DateTimeOffset UpdateTime { get; init; }

    /// <summary>Whether a client was reported exactly this.</summary>
    public bool IsReportedBy(EnvironmentInfo info) => IsToldButForItsConnection(info) && info.Connection == Connection;

    /// <summary>Whether a client was reported this, with missing parts of its connection from a response about the same state.</summary>
    public bool IsReportedWith(EnvironmentInfo info, Snapshot known) =>
        IsToldButForItsConnection(info)
        && (Connection is null || (Connection.NumRanks is null && Connection.NodePoolId == known.Connection?.NodePoolId))
        && known.State == State && known.UpdateTime == UpdateTime && known.Connection == info.Connection;

    private bool IsToldButForItsConnection(EnvironmentInfo info) => info.State == State && info.UpdateTime == UpdateTime && info.Status == Status;

    /// <summary>Parses a response to GetEnvironment.</summary>
    public static Snapshot Parse(string body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        return new Snapshot
        {
            State = Text(root, "state")!,
            Status = StatusOf(root.GetProperty("status")),
            Connection = ConnectionOf(root.GetProperty("connection")),
            UpdateTime = DateTimeOffset.Parse(Text(root, "updateTime")!, CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The snapshot in a line of a trace.</summary>
    public override string ToString()
    {
        var on = Connection is { } c ? string.Create(CultureInfo.InvariantCulture, $" ({c.NodePoolId}, {c.NumRanks} ranks)") : "";
        return State + on + (Status is { } s ? $" {s.Code}" : "");
    }

    private static StatusInfo? StatusOf(JsonElement status) =>
        Text(status, "code") is { } code and not "OK" ? new StatusInfo { Code = code, Message = Text(status, "message") } : null;

    private static ConnectionInfo? ConnectionOf(JsonElement connection) =>
        connection.ValueKind != JsonValueKind.Object ? null : new ConnectionInfo
        {
            NodePoolId = Text(connection, "nodePoolId")!.Split('/')[^1],
            NumRanks = connection.TryGetProperty("numRanks", out var ranks) ? ranks.GetInt32() : null,
            Role = Text(connection, "role"),
            Zone = Text(connection, "zone"),
            UseLocalStorage = connection.TryGetProperty("useLocalStorage", out var isUsed) && isUsed.GetBoolean() ? true : null,
        };

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;
}
