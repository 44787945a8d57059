namespace Companion.Gateway.Resources;

/// <summary>A google.rpc.Status in a resource.</summary>
public sealed record GatewayStatus
{
    /// <summary>The code. <see cref="GoogleRpcCode.Unknown"/> for an unknown one.</summary>
    public GoogleRpcCode Code { get; set; }

    /// <summary>The gateway's message.</summary>
    public string? Message { get; set; }

    internal static GatewayStatus? OrNull(GatewayStatus? status) => status is null or { Code: GoogleRpcCode.Ok } ? null : status;
}
