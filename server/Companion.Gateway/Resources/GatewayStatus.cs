namespace Companion.Gateway.Resources;

/// <summary>A google.rpc.Status inside a resource.</summary>
public sealed record GatewayStatus
{
    /// <summary>What it is. <see cref="GoogleRpcCode.Unknown"/> for a code that this version does not know.</summary>
    public GoogleRpcCode Code { get; init; }

    /// <summary>The gateway's words.</summary>
    public string? Message { get; init; }

    internal static GatewayStatus? OrNull(GatewayStatus? status) => status is null or { Code: GoogleRpcCode.Ok } ? null : status;
}
