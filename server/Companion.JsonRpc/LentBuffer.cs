using System.Buffers;

namespace Companion.JsonRpc;

/// <summary>
/// Bytes in pieces that the pool lends, and gets back when they are cleared: a long message neither moves while it grows nor leaves
/// anything behind. What is short is one piece.
/// </summary>
internal sealed class LentBuffer : IBufferWriter<byte>
{
    private const int FirstBytes = 256;
    private const int KeptBytes = 64 * 1024;
    private const int PieceBytes = 256 * 1024;

    private readonly List<(byte[] Bytes, int Count)> _full = [];
    private byte[] _last = [];
    private int _lastCount;
    private int _fullCount;

    public int WrittenCount => _fullCount + _lastCount;

    public ReadOnlySequence<byte> Written
    {
        get
        {
            if (_full.Count == 0)
                return new ReadOnlySequence<byte>(_last, 0, _lastCount);
            var first = new Piece(_full[0].Bytes.AsMemory(0, _full[0].Count), before: null);
            var last = first;
            foreach (var (bytes, count) in _full.Skip(1))
                last = new Piece(bytes.AsMemory(0, count), last);
            last = new Piece(_last.AsMemory(0, _lastCount), last);
            return new ReadOnlySequence<byte>(first, 0, last, _lastCount);
        }
    }

    public void Advance(int count) => _lastCount += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _last.AsMemory(_lastCount);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return _last.AsSpan(_lastCount);
    }

    /// <summary>Empties it. Nobody may read any more what was in it.</summary>
    public void Clear()
    {
        foreach (var (bytes, _) in _full)
            ArrayPool<byte>.Shared.Return(bytes);
        _full.Clear();
        (_fullCount, _lastCount) = (0, 0);
        if (_last.Length > KeptBytes)
            Replace([]);
    }

    private void MakeRoom(int size)
    {
        if (size <= _last.Length - _lastCount)
            return;
        if (_lastCount + size <= PieceBytes || _lastCount == 0)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_lastCount + size, 2 * _lastCount), FirstBytes));
            _last.AsSpan(0, _lastCount).CopyTo(larger);
            Replace(larger);
            return;
        }

        _full.Add((_last, _lastCount));
        _fullCount += _lastCount;
        (_last, _lastCount) = (ArrayPool<byte>.Shared.Rent(Math.Max(size, PieceBytes)), 0);
    }

    private void Replace(byte[] next)
    {
        if (_last.Length > 0)
            ArrayPool<byte>.Shared.Return(_last);
        _last = next;
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
