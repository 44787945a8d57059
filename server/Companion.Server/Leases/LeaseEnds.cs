using Companion.Protocol;
using Companion.Protocol.Constraints;
using Companion.Server.Errors;

namespace Companion.Server.Leases;

/// <summary>Checks what depends on the clock or on more than one member of a requested end.</summary>
internal static class LeaseEnds
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(LeaseSecondsConverter.Longest);

    /// <summary>Checks a requested end.</summary>
    /// <exception cref="MethodException">It has both members or neither, or its time has passed or is too far away.</exception>
    public static void Check(LeaseParams end, DateTimeOffset now)
    {
        if (end.Until is null == end.DurationSeconds is null)
            throw Invalid("params.lease must have either until or durationSeconds.");
        if (end.Until <= now || end.Until - now > Longest)
            throw Invalid("params.lease.until must be a time in the future, at most a year from now.");
    }

    private static MethodException Invalid(string message) => new(MethodException.InvalidParams, message);
}
