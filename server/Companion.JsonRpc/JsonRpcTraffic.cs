namespace Companion.JsonRpc;

/// <summary>What a message is.</summary>
public enum JsonRpcMessageKind
{
    /// <summary>It wants an answer.</summary>
    Request,

    /// <summary>It wants none.</summary>
    Notification,

    /// <summary>It answers.</summary>
    Reply,
}

/// <summary>One message that came in or went out, for a record: never its params, result or id.</summary>
/// <param name="Method">The name of the method. Null if there's no such method, because the text could be anything, including a secret.</param>
/// <param name="Bytes">The length of the body in bytes.</param>
/// <param name="ErrorCode">The error code of an error response, or 0.</param>
public readonly record struct JsonRpcTraffic(bool IsIncoming, JsonRpcMessageKind Kind, string? Method, int Bytes, int ErrorCode);
