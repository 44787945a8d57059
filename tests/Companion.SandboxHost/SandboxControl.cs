using System.Text.Json;
using System.Text.Json.Serialization;
using Companion.Sandbox;

namespace Companion.SandboxHost;

/// <summary>Lets a test in another process control the sandbox, under <c>/sandbox/</c>.</summary>
internal sealed class SandboxControl(SandboxGateway sandbox)
{
    /// <summary>Handles a request under <c>/sandbox/</c>. Returns null for any other request.</summary>
    public SandboxResponse? TryHandle(SandboxRequest request)
    {
        if (!request.Path.StartsWith("/sandbox/", StringComparison.Ordinal))
            return null;
        try
        {
            return (request.Method, request.Path) switch
            {
                ("GET", "/sandbox/received") =>
                    new SandboxResponse { Body = JsonSerializer.Serialize(sandbox.Received, ControlJson.Default.IReadOnlyListSandboxReceived) },
                ("POST", "/sandbox/faults") => Script(Read(request, ControlJson.Default.FaultParams)),
                ("POST", "/sandbox/speed") => SetSpeed(Read(request, ControlJson.Default.SpeedParams)),
                ("POST", "/sandbox/hold") => Hold(Read(request, ControlJson.Default.HoldParams)),
                ("POST", "/sandbox/clear") => Clear(),
                _ => new SandboxResponse { Status = 404, Body = "{}" },
            };
        }
        catch (JsonException e)
        {
            return new SandboxResponse { Status = 400, Body = JsonSerializer.Serialize(e.Message, ControlJson.Default.String) };
        }
    }

    private static T Read<T>(SandboxRequest request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(request.Body ?? "", type) ?? throw new JsonException("An object is wanted.");

    private SandboxResponse Script(FaultParams fault)
    {
        sandbox.Script(
            new SandboxMatch { Route = fault.Route, ResourceId = fault.ResourceId, Skip = fault.Skip, Times = fault.Times },
            fault.Fault ?? fault.Preset switch
            {
                FaultPreset.Html502 => SandboxFault.Html502,
                FaultPreset.Http504AfterEffect => SandboxFault.Http504AfterEffect,
                FaultPreset.ResetBeforeEffect => SandboxFault.ResetBeforeEffect,
                FaultPreset.ResetAfterEffect => SandboxFault.ResetAfterEffect,
                _ => throw new JsonException("\"fault\" or \"preset\" is wanted."),
            });
        return new SandboxResponse { Body = "{}" };
    }

    private SandboxResponse SetSpeed(SpeedParams speed)
    {
        sandbox.SetSpeed(Milliseconds(speed.ConnectMs), Milliseconds(speed.DisconnectMs));
        return new SandboxResponse { Body = "{}" };
    }

    private SandboxResponse Hold(HoldParams hold)
    {
        sandbox.HoldChanges(hold.Changes);
        return new SandboxResponse { Body = "{}" };
    }

    private SandboxResponse Clear()
    {
        sandbox.ClearFaults();
        sandbox.ClearReceived();
        return new SandboxResponse { Body = "{}" };
    }

    private static TimeSpan? Milliseconds(int? milliseconds) =>
        milliseconds is { } number ? TimeSpan.FromMilliseconds(number) : null;
}

/// <summary>The body of POST /sandbox/faults.</summary>
internal sealed record FaultParams
{
    /// <summary>The route, such as "ConnectEnvironment". Absent for any.</summary>
    public SandboxRoute? Route { get; set; }

    /// <summary>The ID of the environment or node pool. Absent for any.</summary>
    public string? ResourceId { get; set; }

    /// <summary>How many matching requests to skip first.</summary>
    public int Skip { get; set; }

    /// <summary>How many matching requests it applies to after that. 1 if absent, all if null.</summary>
    public int? Times { get; set; } = 1;

    /// <summary>The fault.</summary>
    public SandboxFault? Fault { get; set; }

    /// <summary>The fault, by name.</summary>
    public FaultPreset? Preset { get; set; }
}

/// <summary>The named faults.</summary>
internal enum FaultPreset
{
    Html502,
    Http504AfterEffect,
    ResetBeforeEffect,
    ResetAfterEffect,
}

/// <summary>The body of POST /sandbox/speed.</summary>
/// <param name="ConnectMs">The duration of a connect in milliseconds.</param>
/// <param name="DisconnectMs">The duration of a disconnect in milliseconds.</param>
internal sealed record SpeedParams(int? ConnectMs = null, int? DisconnectMs = null);

/// <summary>The body of POST /sandbox/hold.</summary>
/// <param name="Changes">Whether changes stay in progress.</param>
internal sealed record HoldParams(bool Changes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FaultParams))]
[JsonSerializable(typeof(SpeedParams))]
[JsonSerializable(typeof(HoldParams))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<SandboxReceived>))]
internal sealed partial class ControlJson : JsonSerializerContext;
