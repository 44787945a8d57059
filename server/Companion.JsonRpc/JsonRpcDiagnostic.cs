namespace Companion.JsonRpc;

/// <summary>Something for the local log that no reply tells. It never carries params, results or ids.</summary>
/// <param name="Method">The method's name, at most 128 characters of it, where one is known.</param>
/// <param name="Detail">What happened, in a phrase.</param>
/// <param name="Exception">What a handler threw, where one failed unforeseen. The peer has not seen it.</param>
public readonly record struct JsonRpcDiagnostic(string? Method, string Detail, Exception? Exception);

/// <summary>Why a connection ended.</summary>
public enum DisconnectedReason
{
    /// <summary>Reading from or writing to the peer failed.</summary>
    StreamError,

    /// <summary>What came could not be divided into messages: a bad header block, or an end inside a frame.</summary>
    ParseError,

    /// <summary>This side disposed of the connection.</summary>
    LocallyDisposed,

    /// <summary>The peer closed the connection between two frames.</summary>
    RemotePartyTerminated,
}

/// <summary>Tells how a connection ended.</summary>
public sealed class JsonRpcDisconnectedEventArgs : EventArgs
{
    /// <summary>Why it ended.</summary>
    public required DisconnectedReason Reason { get; init; }

    /// <summary>The same as a phrase for the log.</summary>
    public required string Description { get; init; }

    /// <summary>What ended it, where that was an error.</summary>
    public Exception? Exception { get; init; }
}
