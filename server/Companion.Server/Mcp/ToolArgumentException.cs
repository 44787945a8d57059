namespace Companion.Server.Mcp;

/// <summary>An argument of a tool is invalid. Nothing was sent.</summary>
/// <param name="message">Names the argument and what it takes, and never contains its value.</param>
internal sealed class ToolArgumentException(string message) : Exception(message);
