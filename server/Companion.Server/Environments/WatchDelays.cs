using Companion.Gateway;
using Companion.Protocol;
using Companion.Server.Changes;

namespace Companion.Server.Environments;

/// <summary>How long a watched environment is left alone before the gateway is asked again.</summary>
internal static class WatchDelays
{
    private static readonly TimeSpan AtRest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhileChanging = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>True for a state that lasts until somebody does something.</summary>
    public static bool IsAtRest(string state) => state is EnvironmentStates.Connected or EnvironmentStates.Disconnected;

    /// <summary>After an answer: 30 s at rest; while it moves, from 1 s growing to 10 s.</summary>
    /// <param name="seen">What was seen, or null where a change of this process was asking.</param>
    /// <param name="moving">How often in a row it was seen moving.</param>
    public static TimeSpan After(EnvironmentInfo? seen, int moving) =>
        seen is null ? WhileChanging : IsAtRest(seen.State) ? AtRest : PollDelays.Poll(moving);

    /// <summary>After a fault: what the gateway asks for, else 5 s doubling to 5 min, and at once 5 min for what time does not mend.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="failures">How many came before it in a row.</param>
    public static TimeSpan AfterFault(GatewayException fault, int failures) =>
        fault.RetryAfter is { } asked && asked > WhileChanging ? asked
        : FaultKinds.IsPassing(fault) ? TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, 5 * Math.Pow(2, Math.Min(failures, 16))))
        : Longest;
}
