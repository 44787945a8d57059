using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Companion.Server.Hosting;

/// <summary>A client's process. Once its parent has to collect it (a zombie), it is gone.</summary>
internal sealed class ClientProcess(int processId)
{
    // Kept open: it stays with this process if the id is given to another one, and each look works without a free descriptor.
    private readonly SafeFileHandle? _status = Open(processId);
    private readonly byte[] _line = new byte[512];

    /// <summary>Looks at the process.</summary>
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
            return true; // it belongs to someone else
        }
    }
}
