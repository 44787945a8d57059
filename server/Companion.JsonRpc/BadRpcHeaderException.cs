namespace Companion.JsonRpc;

/// <summary>The header block doesn't specify where the body ends, so nothing after it can be read.</summary>
/// <param name="message">What's wrong, without the header's content.</param>
public sealed class BadRpcHeaderException(string message) : Exception(message);
