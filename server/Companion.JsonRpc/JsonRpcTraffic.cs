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
/// <param name="IsIncoming">True where it came in.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Method">The method's name; null where there is no such method, as anything may be in its place: a secret, say.</param>
/// <param name="Bytes">Bytes of its body.</param>
/// <param name="ErrorCode">The code, where it is a reply that is an error; else 0.</param>
public readonly record struct JsonRpcTraffic(bool IsIncoming, JsonRpcMessageKind Kind, string? Method, int Bytes, int ErrorCode);
