using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Companion.Gateway;

namespace Companion.Sandbox;

/// <summary>Writes the sandbox's responses like the gateway: unset members are included as "", 0, false, null, or [].</summary>
internal static class SandboxWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an error's body.</summary>
    public static string Error(GoogleRpcCode code, string message) => Json(json =>
    {
        json.WriteNumber("code", (int)code);
        json.WriteString("message", message);
        json.WriteStartArray("details");
        json.WriteEndArray();
    });

    /// <summary>Writes an object.</summary>
    public static string Json(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes a page of a list.</summary>
    public static string Page<T>(
        string name, IReadOnlyList<T> items, int offset, int size, Action<Utf8JsonWriter, T> members) => Json(json =>
        {
            json.WriteStartArray(name);
            foreach (var item in items.Skip(offset).Take(size))
            {
                json.WriteStartObject();
                members(json, item);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            var next = offset + size;
            json.WriteString("nextPageToken", next < items.Count ? string.Create(CultureInfo.InvariantCulture, $"page/{next}=") : "");
            json.WriteNumber("totalSize", items.Count);
        });

    /// <summary>Writes an environment's members.</summary>
    public static void Environment(Utf8JsonWriter json, string accountId, SandboxEnvironment environment)
    {
        json.WriteString("name", $"accounts/{accountId}/clusters/sandbox/environments/{environment.Id}");
        json.WriteString("displayName", environment.DisplayName);
        json.WriteString("createTime", Timestamp(environment.CreateTime));
        json.WriteString("updateTime", Timestamp(environment.UpdateTime));
        json.WriteString("createdBy", environment.CreatedBy);
        json.WriteString("state", environment.State);
        Status(json, environment.Status);
        if (environment.Connection is { } connection)
            Connection(json, connection, environment.Zone);
        else
            json.WriteNull("connection");
        json.WriteString("baseImageRef", "");
        json.WriteBoolean("shared", environment.Shared);
        json.WriteStartObject("annotations");
        json.WriteEndObject();
    }

    /// <summary>Writes a node pool's members.</summary>
    public static void NodePool(Utf8JsonWriter json, string accountId, SandboxNodePool pool, int environments, int environmentRanks)
    {
        json.WriteString("name", $"accounts/{accountId}/nodePools/{pool.Id}");
        json.WriteString("displayName", pool.DisplayName);
        json.WriteNumber("minNodeCount", pool.NodeCount);
        json.WriteNumber("maxNodeCount", pool.MaxNodeCount);
        json.WriteNumber("overprovisionNodeCount", 0);
        json.WriteStartObject("eksNodePool");
        json.WriteString("instanceType", pool.InstanceType);
        json.WriteString("nodeRole", "arn:aws:iam::123456789012:role/sandbox-node");
        json.WriteBoolean("spot", pool.Spot);
        json.WriteString("zone", pool.Zone);
        json.WriteEndObject();
        json.WriteString("state", pool.State);
        Status(json, pool.Status);
        if (pool.IncludesStats)
        {
            json.WriteStartObject("nodePoolStats");
            NodePoolStats(json, pool, environments, environmentRanks);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("nodePoolStats");
        }
    }

    /// <summary>Writes the members of a node pool's statistics.</summary>
    public static void NodePoolStats(Utf8JsonWriter json, SandboxNodePool pool, int environments, int environmentRanks)
    {
        json.WriteNumber("nodeCount", pool.NodesFor(environmentRanks));
        json.WriteNumber("ranksPerNode", pool.RanksPerNode);
        json.WriteNumber("environmentCount", environments);
        json.WriteNumber("environmentRanks", environmentRanks);
        json.WriteStartObject("batchJobRanks");
        json.WriteNumber("RUNNING", pool.RunningJobRanks);
        json.WriteNumber("COMPLETED", pool.CompletedJobRanks);
        json.WriteEndObject();
    }

    /// <summary>Writes an account's members.</summary>
    public static void Account(Utf8JsonWriter json, SandboxAccount account)
    {
        json.WriteString("name", $"accounts/{account.Id}");
        json.WriteString("displayName", account.DisplayName);
        json.WriteString("email", account.Email);
        json.WriteString("state", "READY");
        json.WriteString("suspendState", account.SuspendState);
    }

    /// <summary>Writes a role binding's members.</summary>
    public static void RoleBinding(Utf8JsonWriter json, SandboxRoleBinding binding)
    {
        json.WriteString("accountId", "");
        json.WriteString("principal", binding.Principal);
        json.WriteString("role", binding.Role);
    }

    private static void Connection(Utf8JsonWriter json, SandboxConnection connection, string zone)
    {
        json.WriteStartObject("connection");
        json.WriteString("nodePoolId", connection.NodePoolId);
        json.WriteNumber("numRanks", connection.NumRanks);
        json.WriteString("role", connection.Role);
        json.WriteString("zone", zone);
        json.WriteBoolean("useLocalStorage", connection.UseLocalStorage);
        json.WriteEndObject();
    }

    private static void Status(Utf8JsonWriter json, SandboxStatus status)
    {
        json.WriteStartObject("status");
        json.WriteString("code", GoogleRpcCodes.Name(status.Code));
        json.WriteString("message", status.Message);
        json.WriteEndObject();
    }

    private static string Timestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
