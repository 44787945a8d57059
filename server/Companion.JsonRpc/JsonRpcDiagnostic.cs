namespace Companion.JsonRpc;

/// <summary>Something for the local log that no reply tells. It never carries params, results or ids.</summary>
/// <param name="Method">The method's name, where one is known.</param>
/// <param name="Detail">What happened, in a phrase.</param>
/// <param name="Exception">What a handler threw, where one failed unforeseen. The peer has not seen it.</param>
public readonly record struct JsonRpcDiagnostic(string? Method, string Detail, Exception? Exception);
