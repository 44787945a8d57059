using System.Runtime.InteropServices;

namespace Companion.Server.Pacing;

/// <summary>How long to wait before the next read.</summary>
/// <param name="Soon">While someone waits and the account hasn't shown a limit.</param>
/// <param name="Seldom">Otherwise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PollDelay(TimeSpan Soon, TimeSpan Seldom)
{
    /// <summary>The same delay in both cases.</summary>
    public static implicit operator PollDelay(TimeSpan delay) => new(delay, delay);
}
