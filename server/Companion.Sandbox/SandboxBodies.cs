using System.Text.Json;
using Companion.Gateway;

namespace Companion.Sandbox;

/// <summary>
/// Reads request bodies, possibly more strictly than the real gateway: anything that isn't in the schema is rejected, so that tests notice it.
/// </summary>
internal static class SandboxBodies
{
    /// <summary>Reads the body of ConnectEnvironment.</summary>
    /// <exception cref="SandboxRejection">The body doesn't conform to the schema.</exception>
    public static SandboxConnection Connect(string? body)
    {
        using var document = Parse(body);
        SandboxConnection? connection = null;
        foreach (var member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "connection":
                    connection = Connection(member.Value);
                    break;
                case "vscodeVersion":
                    _ = Text(member);
                    break;
                default:
                    throw Unknown(member.Name);
            }
        }

        return connection ?? throw Invalid("connection is required");
    }

    /// <summary>Reads the body of DisconnectEnvironment.</summary>
    /// <exception cref="SandboxRejection">The body doesn't conform to the schema.</exception>
    public static (bool Force, bool ResetSnapshots) Disconnect(string? body)
    {
        using var document = Parse(body);
        bool force = false, resetSnapshots = false;
        foreach (var member in document.RootElement.EnumerateObject())
        {
            switch (member.Name)
            {
                case "force":
                    force = Boolean(member);
                    break;
                case "resetSnapshots":
                    resetSnapshots = Boolean(member);
                    break;
                default:
                    throw Unknown(member.Name);
            }
        }

        return (force, resetSnapshots);
    }

    private static SandboxConnection Connection(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Invalid("connection must be an object");
        var connection = new SandboxConnection("");
        foreach (var member in element.EnumerateObject())
        {
            connection = member.Name switch
            {
                "nodePoolId" => connection with { NodePoolId = Text(member) },
                "numRanks" => connection with { NumRanks = Ranks(member) },
                "role" => connection with { Role = Role(member) },
                "useLocalStorage" => connection with { UseLocalStorage = Boolean(member) },
                "zone" => throw Invalid("connection.zone is read-only"),
                _ => throw Unknown(member.Name),
            };
        }

        return connection.NodePoolId.Length > 0 ? connection : throw Invalid("connection.nodePoolId is required");
    }

    private static JsonDocument Parse(string? body)
    {
        try
        {
            var document = JsonDocument.Parse(body ?? "");
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Rejected below, like any body that isn't an object.
        }

        throw Invalid("the body must be a JSON object");
    }

    private static string Text(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() ?? "" : throw Invalid($"{member.Name} must be a string");

    private static bool Boolean(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? member.Value.GetBoolean()
            : throw Invalid($"{member.Name} must be true or false");

    private static int Ranks(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var ranks) && ranks > 0
            ? ranks
            : throw Invalid("numRanks must be a positive integer");

    private static string Role(JsonProperty member)
    {
        var role = Text(member);
        return role.StartsWith("arn:aws", StringComparison.Ordinal) && role.Contains(":role/", StringComparison.Ordinal)
            ? role
            : throw Invalid("role must be the ARN of an AWS IAM role");
    }

    private static SandboxRejection Unknown(string name) => Invalid($"unknown field \"{name}\"");

    private static SandboxRejection Invalid(string message) => new(400, GoogleRpcCode.InvalidArgument, message);
}

/// <summary>The sandbox rejects a request.</summary>
internal sealed class SandboxRejection(int httpStatus, GoogleRpcCode code, string message) : Exception(message)
{
    /// <summary>The HTTP status of the response.</summary>
    public int HttpStatus { get; } = httpStatus;

    /// <summary>The code in the body.</summary>
    public GoogleRpcCode Code { get; } = code;

    /// <summary>A rejection because of the current state.</summary>
    public static SandboxRejection Precondition(string message) => new(400, GoogleRpcCode.FailedPrecondition, message);

    /// <summary>A rejection because a resource doesn't exist.</summary>
    public static SandboxRejection NotFound(string message) => new(404, GoogleRpcCode.NotFound, message);
}
