using System.Buffers;

namespace Companion.JsonRpc;

/// <summary>Divides a stream into message bodies, and back. One reader at a time; the rest is safe from any thread.</summary>
public interface IJsonRpcMessageHandler : IAsyncDisposable
{
    /// <summary>Bytes written and not yet taken by the stream.</summary>
    int UnsentBytes { get; }

    /// <summary>Takes the next body that has arrived as a whole.</summary>
    /// <param name="body">The body, valid until the next call of this method or of <see cref="WaitToReadAsync"/>.</param>
    /// <returns>False when more has to arrive first.</returns>
    /// <exception cref="BadRpcHeaderException">The bounds of the next body cannot be known.</exception>
    /// <exception cref="NotSupportedException">The body is in a character set other than UTF-8. It was skipped.</exception>
    bool TryRead(out ReadOnlySpan<byte> body);

    /// <summary>Waits until a whole body has arrived. Disposal ends the wait.</summary>
    /// <returns>False when the stream has ended between two frames, or on disposal.</returns>
    /// <exception cref="BadRpcHeaderException">The bounds of the next body cannot be known.</exception>
    /// <exception cref="EndOfStreamException">The stream has ended inside a frame.</exception>
    ValueTask<bool> WaitToReadAsync();

    /// <summary>Appends one frame to what will be sent.</summary>
    /// <param name="body">The body; it is copied.</param>
    void Write(in ReadOnlySequence<byte> body);

    /// <summary>Sends what was written, in one write unless it is long. While one is under way further frames gather for the next.</summary>
    /// <returns>A task that ends when the stream has taken everything written so far, or faults as the stream does.</returns>
    Task FlushAsync();
}
