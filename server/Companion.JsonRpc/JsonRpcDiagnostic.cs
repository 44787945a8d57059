namespace Companion.JsonRpc;

/// <summary>An event for the local log that no response reports. Never contains params, results, or IDs.</summary>
/// <param name="Method">The name of the method, if known.</param>
/// <param name="Detail">What happened, as a phrase.</param>
/// <param name="Exception">The unexpected exception of a handler, if any. It isn't sent to the client.</param>
public readonly record struct JsonRpcDiagnostic(string? Method, string Detail, Exception? Exception);
