namespace Companion.Server.Cli.Parsing;

/// <summary>What was entered can't be used. Nothing was sent.</summary>
internal sealed class UsageException(string message) : Exception(message);
