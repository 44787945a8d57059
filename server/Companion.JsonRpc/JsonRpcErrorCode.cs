namespace Companion.JsonRpc;

/// <summary>The error codes that JSON-RPC 2.0 and LSP 3.17 define. A method's own codes are positive.</summary>
public enum JsonRpcErrorCode
{
    /// <summary>The body is not JSON. The reply's id is null.</summary>
    ParseError = -32700,

    /// <summary>The JSON is no request, or a request that may not be sent now.</summary>
    InvalidRequest = -32600,

    /// <summary>There is no such method.</summary>
    MethodNotFound = -32601,

    /// <summary>The params are not what the method takes; the message names the member.</summary>
    InvalidParams = -32602,

    /// <summary>The method failed in a way that it did not foresee. Only the local log knows more.</summary>
    InternalError = -32603,

    /// <summary>The method could not be run: too many requests are waiting.</summary>
    InvocationError = -32000,

    /// <summary>LSP: a request came before <c>initialize</c>.</summary>
    ServerNotInitialized = -32002,

    /// <summary>LSP: the request was cancelled by <c>$/cancelRequest</c>.</summary>
    RequestCanceled = -32800,

    /// <summary>LSP: the request failed though it was well-formed and could be run.</summary>
    RequestFailed = -32803,
}
