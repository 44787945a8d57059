namespace Companion.Gateway.Api;

/// <summary>
/// A semaphore that serves waiters in order, on the thread that calls <see cref="Release"/>, so that the order doesn't depend on the thread pool.
/// Safe for concurrent use.
/// </summary>
/// <param name="places">The number of concurrent holders, 1 or more.</param>
public sealed class FifoSemaphore(int places)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _free = places;

    /// <summary>Enters if it's possible without waiting.</summary>
    public bool TryAcquire()
    {
        lock (_lock)
        {
            if (_free == 0)
                return false;
            _free--;
            return true;
        }
    }

    /// <summary>Enters, after waiting if necessary.</summary>
    /// <param name="cancellationToken">If canceled, the semaphore isn't entered.</param>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        LinkedListNode<TaskCompletionSource> waiting;
        lock (_lock)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            waiting = _waiting.AddLast(new TaskCompletionSource());
        }

        await using var giveUp = cancellationToken.UnsafeRegister(_ => GiveUp(waiting, cancellationToken), null).ConfigureAwait(false);
        await waiting.Value.Task.ConfigureAwait(false);
    }

    /// <summary>Must be called once for each time that the semaphore was entered.</summary>
    public void Release()
    {
        TaskCompletionSource? next = null;
        lock (_lock)
        {
            if (_waiting.First is { } first)
            {
                _waiting.Remove(first);
                next = first.Value;
            }
            else
            {
                _free++;
            }
        }

        next?.SetResult();
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> waiting, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (waiting.List is null)
                return; // already entered
            _waiting.Remove(waiting);
        }

        waiting.Value.SetCanceled(cancellationToken);
    }
}
