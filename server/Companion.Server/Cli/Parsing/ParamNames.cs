namespace Companion.Server.Cli.Parsing;

/// <summary>What the protocol's params are called on the command line.</summary>
internal static class ParamNames
{
    private static readonly IReadOnlyList<(string Param, string Option)> Names =
    [
        ("initializationOptions.gatewayUrl", "--gateway-url"),
        ("initializationOptions.accountId", "--account"),
        ("connection.nodePoolId", "--node-pool"),
        ("connection.numRanks", "--ranks"),
        ("connection.role", "--role"),
        ("waitForCapacity.durationSeconds", "--wait-for-room, in seconds,"),
        ("lease.durationSeconds", "--for, in seconds,"),
        ("lease.until", "--until"),
        ("timeoutSeconds", "--timeout, in seconds,"),
        ("environmentId", "The environment's ID"),
        ("accountId", "--account"),
        ("nodePoolId", "--node-pool"),
        ("since", "--since"),
    ];

    /// <summary>Replaces the param that a message begins with.</summary>
    public static string InOptions(string message)
    {
        if (message.StartsWith("params.lease is missing", StringComparison.Ordinal))
            return "The bounds in companion-bounds.json require an end. Add --for or --until.";
        var text = message.StartsWith("params.", StringComparison.Ordinal) ? message["params.".Length..] : message;
        foreach (var (param, option) in Names)
        {
            if (text.StartsWith(param + " ", StringComparison.Ordinal))
                return option + text[param.Length..];
        }

        return message;
    }
}
