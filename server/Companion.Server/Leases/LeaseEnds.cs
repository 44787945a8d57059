using Companion.Protocol;
using Companion.Protocol.Constraints;
using Companion.Server.Errors;

namespace Companion.Server.Leases;

/// <summary>Checks what depends on the clock or on more than one member of a requested end.</summary>
internal static class LeaseEnds
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(LeaseSecondsConverter.Longest);

    /// <summary>Checks the requested end of a connection.</summary>
    /// <exception cref="MethodException">It has both members or neither, or its time has passed or is too far away.</exception>
    public static void Check(LeaseParams end, DateTimeOffset now) => Check("lease", end.Until, end.DurationSeconds, now);

    /// <summary>The same for any parameter.</summary>
    public static void Check(string name, DateTimeOffset? until, int? durationSeconds, DateTimeOffset now)
    {
        if (until is null == durationSeconds is null)
            throw Invalid($"params.{name} must have either until or durationSeconds.");
        if (until <= now || until - now > Longest)
            throw Invalid($"params.{name}.until must be a time in the future, at most a year from now.");
    }

    private static MethodException Invalid(string message) => new(MethodException.InvalidParams, message);
}
