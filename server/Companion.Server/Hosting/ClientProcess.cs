using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Companion.Server.Hosting;

/// <summary>
/// A client's process. On Linux and Windows, it's kept open: the handle refers to this process even if the id is reused, and checks need no
/// free file descriptor.
/// </summary>
internal abstract class ClientProcess
{
    public static ClientProcess Open(int processId)
    {
        if (OperatingSystem.IsWindows())
            return new WindowsProcess(processId);
        return LinuxProcess.TryOpen(processId) ?? (ClientProcess)new UnopenedProcess(processId);
    }

    public abstract bool IsGone();

    /// <summary>It counts as gone even while its parent hasn't collected it (a zombie).</summary>
    private sealed class LinuxProcess(SafeFileHandle status) : ClientProcess
    {
        private readonly byte[] _line = new byte[512];

        public static LinuxProcess? TryOpen(int processId)
        {
            try
            {
                return OperatingSystem.IsLinux() ? new(File.OpenHandle($"/proc/{processId}/stat")) : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        public override bool IsGone()
        {
            try
            {
                var line = Encoding.Latin1.GetString(_line, 0, RandomAccess.Read(status, _line, 0));
                var state = line.LastIndexOf(") ", StringComparison.Ordinal) + 2; // proc(5): the name before it can contain anything
                return state >= line.Length || line[state] is 'Z' or 'X';
            }
            catch (IOException)
            {
                return true; // ESRCH: the process has been collected
            }
        }
    }

    private sealed class UnopenedProcess(int processId) : ClientProcess
    {
        public override bool IsGone()
        {
            try
            {
                using var process = Process.GetProcessById(processId);
                return process.HasExited;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException)
            {
                return true;
            }
            catch (Win32Exception)
            {
                return false; // it belongs to another user
            }
        }
    }
}
