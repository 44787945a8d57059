using Companion.Server.Errors;
using StreamJsonRpc;

namespace Companion.Server.Rpc;

/// <summary>Translates a method's failure to the connection's own exception, so that methods don't depend on the connection.</summary>
internal static class RpcErrors
{
    /// <summary>The error for the client, or null for an exception that isn't meant for it.</summary>
    public static LocalRpcException? Translate(Exception? exception) => exception is MethodException e
        ? new LocalRpcException(e.Message) { ErrorCode = e.Code, ErrorData = e.ErrorData }
        : null;
}
