using Companion.Server.Errors;
using StreamJsonRpc;

namespace Companion.Server.Hosting;

/// <summary>Turns a method's failure into the connection's own, so that no method knows the connection.</summary>
internal static class RpcErrors
{
    /// <summary>The error that the client gets, or null for what is not meant for it.</summary>
    public static LocalRpcException? Translate(Exception? exception) => exception is MethodException e
        ? new LocalRpcException(e.Message) { ErrorCode = e.Code, ErrorData = e.ErrorData }
        : null;
}
