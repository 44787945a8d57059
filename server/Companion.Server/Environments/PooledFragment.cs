using System.Buffers;

namespace Companion.Server.Environments;

/// <summary>A contiguous buffer rented from the shared pool.</summary>
internal sealed class PooledFragment : IBufferWriter<byte>
{
    private const int FirstBytes = 64 * 1024;

    private byte[] _bytes = [];

    public int WrittenCount { get; private set; }

    /// <summary>Hands over the written bytes and starts a new buffer.</summary>
    /// <returns>A buffer to return to the shared pool.</returns>
    public ArraySegment<byte> Take()
    {
        var taken = new ArraySegment<byte>(_bytes, 0, WrittenCount);
        (_bytes, WrittenCount) = ([], 0);
        return taken;
    }

    public void Advance(int count) => WrittenCount += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(sizeHint);
        return _bytes.AsMemory(WrittenCount);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void MakeRoom(int sizeHint)
    {
        var needed = WrittenCount + Math.Max(sizeHint, 1);
        if (needed <= _bytes.Length)
            return;
        var full = _bytes;
        _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(needed, 2 * WrittenCount), FirstBytes));
        full.AsSpan(0, WrittenCount).CopyTo(_bytes);
        if (full.Length > 0)
            ArrayPool<byte>.Shared.Return(full);
    }
}
