using System.Text.Json;

namespace Companion.JsonRpc;

/// <summary>Thrown by a handler to answer with an error of its choice. All but the inner exception goes to the peer.</summary>
/// <param name="message">One sentence for a person.</param>
/// <param name="innerException">What led to it.</param>
public sealed class LocalRpcException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The error's code. Default: <see cref="JsonRpcErrorCode.InvocationError"/>.</summary>
    public int ErrorCode { get; init; } = (int)JsonRpcErrorCode.InvocationError;

    /// <summary>The error's data, serialised by the thrower; left out when null.</summary>
    public JsonElement? ErrorData { get; init; }
}

/// <summary>The peer answered a call of ours with an error.</summary>
/// <param name="message">The peer's message.</param>
/// <param name="errorCode">The peer's code.</param>
/// <param name="errorData">The peer's data, if it sent any.</param>
public sealed class RemoteInvocationException(string message, int errorCode, JsonElement? errorData = null) : Exception(message)
{
    /// <summary>The error's code as the peer sent it.</summary>
    public int ErrorCode { get; } = errorCode;

    /// <summary>The error's data as the peer sent it.</summary>
    public JsonElement? ErrorData { get; } = errorData;
}

/// <summary>The connection has ended: a call will not be answered, or a message cannot be sent.</summary>
/// <param name="message">How it ended.</param>
/// <param name="innerException">What ended it, where that was an error.</param>
public sealed class ConnectionLostException(string message, Exception? innerException = null)
    : Exception(message, innerException);

/// <summary>The bounds of a body cannot be known from its header block, so nothing after it can be read.</summary>
/// <param name="message">What is wrong, without the header's content.</param>
public sealed class BadRpcHeaderException(string message) : Exception(message);
