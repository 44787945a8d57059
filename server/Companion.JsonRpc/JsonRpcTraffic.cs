namespace Companion.JsonRpc;

/// <summary>The kinds of messages.</summary>
public enum JsonRpcMessageKind
{
    /// <summary>A message that requires a response.</summary>
    Request,

    /// <summary>A message without a response.</summary>
    Notification,

    /// <summary>A response.</summary>
    Reply,
}

/// <summary>A received or sent message, without its params, result, or ID.</summary>
/// <param name="Method">The name of the method. Null if there's no such method, because the text could be anything, including a secret.</param>
/// <param name="Bytes">The length of the body in bytes.</param>
/// <param name="ErrorCode">The error code of an error response, or 0.</param>
public readonly record struct JsonRpcTraffic(bool IsIncoming, JsonRpcMessageKind Kind, string? Method, int Bytes, int ErrorCode);
