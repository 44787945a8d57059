namespace Companion.JsonRpc;

/// <summary>The bounds of a body cannot be known from its header block, so nothing after it can be read.</summary>
/// <param name="message">What's wrong, without the header's content.</param>
public sealed class BadRpcHeaderException(string message) : Exception(message);
