using System.Runtime.InteropServices;

namespace Companion.Server.Hosting;

/// <summary>
/// Ends the process after its client is gone: standard input or output is closed at the other end, or a client process has ended. Runs on
/// its own thread, so it works even if every other thread is blocked.
/// </summary>
/// <param name="gone">Called when the client can no longer receive responses, so that the process can end in order.</param>
/// <param name="exitCode">The exit code if the process doesn't end in time.</param>
internal sealed partial class ClientWatch(Action gone, Func<int> exitCode)
{
    private const int Interval = 500; // ms; with the grace period, less than the promised 2 s
    private const int Grace = 1400;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ClientProcess> _processes = [];

    public void Start() => new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "client watch" }.Start();

    /// <summary>Adds a process to watch.</summary>
    public void Add(int processId)
    {
        lock (_lock)
        {
            if (!_processes.ContainsKey(processId)) // the command line and initialize usually name the same process
                _processes.Add(processId, ClientProcess.Open(processId));
        }
    }

    private void Run()
    {
        while (true)
        {
            var closed = WaitForHangup();
            if (closed == ClosedStreams.Input)
                break; // the reader notices it, after everything sent before
            if (closed == ClosedStreams.None && !IsProcessGone())
                continue;
            gone();
            break;
        }

        Thread.Sleep(Grace);
        if (OperatingSystem.IsWindows())
            Environment.Exit(exitCode());
        else
            ExitNow(exitCode()); // Environment.Exit runs handlers, which can wait for a lock
    }

    private bool IsProcessGone()
    {
        lock (_lock)
            return _processes.Values.Any(static process => process.IsGone());
    }

    private static ClosedStreams WaitForHangup()
    {
        if (!OperatingSystem.IsWindows())
            return StandardStream.WaitForHangup(Interval);
        Thread.Sleep(Interval); // on Windows, only a read detects it
        return ClosedStreams.None;
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int exitCode);
}
