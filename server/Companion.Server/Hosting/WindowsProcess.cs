using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Companion.Server.Hosting;

/// <summary>A client's process on Windows. If it belongs to another user, it can't be opened and never counts as gone.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsProcess : ClientProcess
{
    private const uint Synchronize = 0x0010_0000;
    private const uint Ended = 0; // WAIT_OBJECT_0
    private const int NoSuchProcess = 87; // ERROR_INVALID_PARAMETER

    private readonly SafeProcessHandle _process;
    private readonly bool _wasGone;

    public WindowsProcess(int processId)
    {
        _process = OpenProcess(Synchronize, inherit: false, processId);
        _wasGone = _process.IsInvalid && Marshal.GetLastPInvokeError() == NoSuchProcess;
    }

    public override bool IsGone() => _wasGone || (!_process.IsInvalid && Wait(_process, milliseconds: 0) == Ended);

    [LibraryImport("kernel32", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial SafeProcessHandle OpenProcess(uint access, [MarshalAs(UnmanagedType.Bool)] bool inherit, int processId);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial uint Wait(SafeProcessHandle process, uint milliseconds);
}
