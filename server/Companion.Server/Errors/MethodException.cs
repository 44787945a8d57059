using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Errors;

/// <summary>
/// A method's failure as the client sees it. Translated to the connection's own exception elsewhere, so that methods don't depend on the
/// connection.
/// </summary>
/// <param name="code">A google.rpc.Code, or a negative JSON-RPC or LSP code.</param>
/// <param name="data">Details that a program can act on, or null.</param>
internal sealed class MethodException(int code, string message, ErrorData? data = null) : Exception(message)
{
    /// <summary>JSON-RPC's Invalid params.</summary>
    public const int InvalidParams = -32602;

    /// <summary>LSP's RequestCancelled.</summary>
    public const int RequestCancelled = -32800;

    /// <summary>The error's <c>code</c>.</summary>
    public int Code { get; } = code;

    /// <summary>The error's <c>data</c>.</summary>
    public ErrorData? ErrorData { get; } = data;

    /// <summary>The result of the change that failed, or null. Not sent to the client.</summary>
    public ChangeAnswer? Answer { get; set; }
}
