using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Companion.Server.Hosting;

/// <summary>A client's process. It counts as gone even while its parent hasn't collected it (a zombie).</summary>
internal sealed class ClientProcess(int processId)
{
    // Kept open: it refers to this process even if the id is reused, and checks need no free file descriptor.
    private readonly SafeFileHandle? _status = Open(processId);
    private readonly byte[] _line = new byte[512];

    public bool IsGone() => _status is null ? !Exists(processId) : IsGone(_status);

    private static SafeFileHandle? Open(int processId)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.OpenHandle($"/proc/{processId}/stat") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool IsGone(SafeFileHandle status)
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

    private static bool Exists(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
        catch (Win32Exception)
        {
            return true; // it belongs to another user
        }
    }
}
