namespace Companion.Protocol.Tools;

/// <summary>The structured content of a tool's result that is an error.</summary>
public sealed record ToolFailure
{
    /// <summary>The error.</summary>
    public required ToolError Error { get; init; }
}

/// <summary>An error as a method's, and what an agent should do about it.</summary>
public sealed record ToolError
{
    /// <summary>A google.rpc.Code, 1 to 16, or a negative code of JSON-RPC, such as -32602 for an invalid argument.</summary>
    public required int Code { get; init; }

    /// <summary>What happened.</summary>
    public required string Message { get; init; }

    /// <summary>Whether to call the tool again, and what else to do, the most useful first.</summary>
    public required IReadOnlyList<string> NextSteps { get; init; }

    /// <summary>The details of an error that has a google.rpc.Code, or that is a cancellation.</summary>
    public ErrorData? Data { get; init; }
}
