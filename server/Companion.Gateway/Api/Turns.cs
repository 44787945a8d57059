namespace Companion.Gateway.Api;

/// <summary>
/// So many at a time, and who waited longest when one of them leaves, on the thread that leaves: nothing here depends on which thread of
/// the pool is quicker. Safe for concurrent use.
/// </summary>
/// <param name="places">The number of concurrent holders, 1 or more.</param>
public sealed class Turns(int places)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _free = places;

    /// <summary>Enters where there is a place now.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_free == 0)
                return false;
            _free--;
            return true;
        }
    }

    /// <summary>Enters once there is a place.</summary>
    /// <param name="cancellationToken">If canceled, the semaphore isn't entered.</param>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
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

    /// <summary>Leaves; to be called once for each time that somebody entered.</summary>
    public void Leave()
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
                return; // its turn has come meanwhile
            _waiting.Remove(waiting);
        }

        waiting.Value.SetCanceled(cancellationToken);
    }
}
