using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>Bounds the requests that run at once. Further ones wait and start in the order of arrival; a bounded number waits.</summary>
internal sealed class RequestSlots
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = [];
    private long _waitingBytes;
    private int _running;
    private bool _isStarting;

    /// <summary>Requests that run at once, at least 1.</summary>
    public int MaxRunning { get; set; } = 1024;

    /// <summary>Requests that wait.</summary>
    public int MaxWaiting { get; set; } = 1024;

    /// <summary>Bytes of the messages that wait.</summary>
    public int MaxWaitingBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Waits for a slot, which <see cref="Leave"/> frees.</summary>
    /// <exception cref="LocalRpcException">Too many are waiting.</exception>
    public ValueTask EnterAsync(int bytes, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (_running < MaxRunning && _waiting.Count == 0 && !_isStarting)
            {
                _running++;
                return default;
            }

            if (_waiting.Count >= MaxWaiting || _waitingBytes + bytes > MaxWaitingBytes)
            {
                throw new LocalRpcException("The server is busy: too many requests are waiting")
                {
                    ErrorCode = (int)JsonRpcErrorCode.InvocationError,
                };
            }

            waiter = new Waiter(bytes);
            waiter.Place = _waiting.AddLast(waiter);
            _waitingBytes += bytes;
        }

        return new ValueTask(WaitAsync(waiter, cancellationToken));
    }

    /// <summary>Frees a slot. Those that get one start one after the other, each up to its first wait.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _running--;
            if (_isStarting || _waiting.Count == 0)
                return;
            _isStarting = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static slots => slots.StartWaiting(), this, preferLocal: true); // the caller's answer does not wait for that
    }

    private void StartWaiting()
    {
        while (TakeNext() is { } next)
            next.SetResult();
    }

    private async Task WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(_ => Abandon(waiter, cancellationToken), null))
            await waiter.Task.ConfigureAwait(false);
    }

    private void Abandon(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiter.Place!.List is null)
                return; // it has started
            Remove(waiter);
        }

        waiter.SetCanceled(cancellationToken);
    }

    /// <summary>The next one, if there is a slot. One thread starts them at a time: that keeps the order.</summary>
    private Waiter? TakeNext()
    {
        lock (_lock)
        {
            _isStarting = _running < MaxRunning && _waiting.Count > 0;
            if (!_isStarting)
                return null;
            var next = _waiting.First!.Value;
            Remove(next);
            _running++;
            return next;
        }
    }

    private void Remove(Waiter waiter)
    {
        _waiting.Remove(waiter.Place!);
        _waitingBytes -= waiter.Bytes;
    }

    // Continued on the thread that completes it.
    private sealed class Waiter(int bytes) : TaskCompletionSource
    {
        public int Bytes => bytes;

        public LinkedListNode<Waiter>? Place { get; set; }
    }
}
