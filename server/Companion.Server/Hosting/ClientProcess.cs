using System.Diagnostics;

namespace Companion.Server.Hosting;

/// <summary>Watches the client's process: a pipe that somebody else holds open must not keep this one alive.</summary>
internal static class ClientProcess
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Ends when there is no process with this id any more.</summary>
    /// <param name="processId">The client's process id.</param>
    /// <param name="time">The clock.</param>
    public static async Task GoneAsync(int processId, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await timer.WaitForNextTickAsync().ConfigureAwait(false); // first: the answer to initialize does not wait for a look
        while (IsAlive(processId));
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false; // no such process
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return true; // it is there, and not ours to look into
        }
    }
}
