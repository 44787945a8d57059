using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Companion.Server.Hosting;

/// <summary>
/// A standard stream as a file. Reading blocks the calling thread, so no other thread is woken for a message. Writing asynchronously doesn't
/// block: data that might have to wait for the reader is written on the thread pool, which on Windows is all data.
/// </summary>
/// <remarks>
/// The console's own streams pass every read and write to another thread. Disposing this stream closes nothing: a read in progress
/// continues on its thread, which doesn't keep the process alive.
/// </remarks>
internal sealed partial class StandardStream : Stream
{
    /// <summary>PIPE_BUF: how many bytes a ready pipe takes at once. POSIX requires 512; Linux has 4,096.</summary>
    private static readonly int PipeBuffer = OperatingSystem.IsLinux() ? 4096 : 512;

    // A page of a list is longer. In pieces, each of which wakes the reader, it costs the client half as much again.
    private const int LongestInPieces = 32 * 1024;

    private const int FirstStandardHandle = -10; // STD_INPUT_HANDLE; output is -11, and error is -12

    private readonly FileStream _file;
    private readonly int _descriptor;

    private StandardStream(int descriptor, FileAccess access)
    {
        _descriptor = descriptor;
        var handle = OperatingSystem.IsWindows() ? GetStandardHandle(FirstStandardHandle - descriptor) : descriptor;
        _file = new FileStream(new SafeFileHandle(handle, ownsHandle: false), access, bufferSize: 0);
    }

    /// <inheritdoc/>
    public override bool CanRead => _file.CanRead;

    /// <inheritdoc/>
    public override bool CanWrite => _file.CanWrite;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StandardStream OpenInput() => new(0, FileAccess.Read);

    public static StandardStream OpenOutput() => new(1, FileAccess.Write);

    public static StandardStream OpenError() => new(2, FileAccess.Write);

    /// <summary>Waits until standard input or output is closed at the other end, or the time has passed. Ignores unread input.</summary>
    [UnsupportedOSPlatform("windows")]
    public static ClosedStreams WaitForHangup(int milliseconds)
    {
        Span<PollDescriptor> asked =
        [
            new() { Descriptor = 0, Events = PollDescriptor.ReadHangup },
            new() { Descriptor = 1 },
        ];
        if (Poll(ref asked[0], (nuint)asked.Length, milliseconds) <= 0)
            return ClosedStreams.None;
        return (IsClosed(asked[0]) ? ClosedStreams.Input : ClosedStreams.None) | (IsClosed(asked[1]) ? ClosedStreams.Output : ClosedStreams.None);
    }

    /// <summary>Waits until standard output is closed at the other end, or the time has passed. On Windows, that can't be found out.</summary>
    public static bool WaitForOutputHangup(int milliseconds)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Sleep(milliseconds);
            return false;
        }

        var asked = new PollDescriptor { Descriptor = 1 };
        return Poll(ref asked, 1, milliseconds) > 0 && IsClosed(asked);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => _file.Read(buffer);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads synchronously.</summary>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => _file.Write(buffer);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes synchronously as much as can't block. The rest, and long data as a whole, is written on the thread pool.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (buffer.Length is > 0 and <= LongestInPieces && IsReady())
        {
            var piece = Math.Min(buffer.Length, PipeBuffer);
            Write(buffer.Span[..piece]);
            buffer = buffer[piece..];
        }

        return buffer.IsEmpty ? ValueTask.CompletedTask : new ValueTask(WriteLaterAsync(buffer, cancellationToken));
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        // there is no buffer
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private Task WriteLaterAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken) =>
        Task.Run(() => Write(buffer.Span), cancellationToken).WaitAsync(cancellationToken);

    private bool IsReady()
    {
        if (OperatingSystem.IsWindows())
            return false; // it can't be asked
        var asked = new PollDescriptor { Descriptor = _descriptor, Events = PollDescriptor.Out };
        return Poll(ref asked, 1, 0) == 1 && asked.Returned == PollDescriptor.Out;
    }

    private static bool IsClosed(PollDescriptor descriptor) => (descriptor.Returned & PollDescriptor.Closed) != 0;

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial nint GetStandardHandle(int name);

    /// <summary>POSIX's struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public const short Out = 4; // POLLOUT, the same on Linux and macOS
        public const short Closed = 8 | 16 | 32 | 0x2000; // POLLERR, POLLHUP, POLLNVAL, and on Linux POLLRDHUP

        /// <summary>POLLRDHUP: the other end of a socket sends no more. macOS reports POLLHUP instead.</summary>
        public static readonly short ReadHangup = OperatingSystem.IsLinux() ? (short)0x2000 : (short)0;

        public int Descriptor;
        public short Events;
        public short Returned;
    }
}

/// <summary>The standard streams that are closed at the other end.</summary>
[Flags]
internal enum ClosedStreams
{
    None = 0,
    Input = 1,
    Output = 2,
}
