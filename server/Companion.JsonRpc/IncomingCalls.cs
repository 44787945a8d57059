namespace Companion.JsonRpc;

/// <summary>
/// The requests that are not answered yet. They start in the order of arrival: on the reader's thread while there is room, else
/// one after the other as room comes. A bounded number waits.
/// </summary>
internal sealed class IncomingCalls(JsonRpc rpc)
{
    private const string IdInUse = "Invalid request: a request with this id is not answered yet";

    private readonly Lock _lock = new();
    private readonly Dictionary<RequestId, IncomingCall> _byId = [];
    private readonly LinkedList<IncomingCall> _waiting = [];
    private long _waitingBytes;
    private int _running;
    private bool _isStarting;
    private bool _hasEnded;

    /// <summary>Takes a request: it has run, runs or waits after this. Null, or the error to answer with.</summary>
    public LocalRpcException? Add(IncomingCall call)
    {
        lock (_lock)
        {
            if (_hasEnded)
                return null;
            if (_byId.ContainsKey(call.Id))
                return JsonRpc.Error(JsonRpcErrorCode.InvalidRequest, IdInUse);
            var isRoom = _running < rpc.MaxConcurrentRequests && _waiting.Count == 0 && !_isStarting;
            if (!isRoom && (_waiting.Count >= rpc.MaxQueuedRequests || _waitingBytes + call.Bytes > rpc.MaxQueuedBytes))
                return JsonRpc.Error(JsonRpcErrorCode.InvocationError, "The server is busy: too many requests are waiting");
            _byId.Add(call.Id, call);
            if (!isRoom)
            {
                call.Place = _waiting.AddLast(call);
                _waitingBytes += call.Bytes;
                return null;
            }

            _running++;
        }

        Start(call);
        return null;
    }

    /// <summary>Cancels a request. One that still waits is answered without being run; an unknown id means nothing.</summary>
    public void Cancel(RequestId id)
    {
        IncomingCall? call;
        bool waits;
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out call))
                return;
            waits = call.Place is not null;
            if (waits)
            {
                StopWaiting(call);
                _byId.Remove(id);
            }
        }

        rpc.Cancel(call.Cancellation!);
        if (waits)
            rpc.Answer(call, Task.FromCanceled(call.Cancellation!.Token));
    }

    /// <summary>Cancels those that run and drops those that wait: nobody is there to hear the answers.</summary>
    public void End()
    {
        IncomingCall[] calls;
        lock (_lock)
        {
            _hasEnded = true;
            calls = [.. _byId.Values];
            _waiting.Clear();
        }

        foreach (var call in calls)
            rpc.Cancel(call.Cancellation!);
    }

    private void Start(IncomingCall call)
    {
        var task = call.StartAsync(call.Cancellation!.Token);
        if (task.IsCompleted)
            Finish(call, task);
        else
            _ = FinishLaterAsync(call, task);
    }

    private async Task FinishLaterAsync(IncomingCall call, Task task)
    {
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Finish(call, task);
        while (TakeWaiting() is { } next)
        {
            Start(next);
            lock (_lock)
                _isStarting = false;
        }

        _ = rpc.FlushAsync();
    }

    private void Finish(IncomingCall call, Task task)
    {
        lock (_lock)
        {
            _byId.Remove(call.Id); // before the answer is out: then the peer may use the id again
            _running--;
        }

        rpc.Answer(call, task);
    }

    /// <summary>Takes the next one if there is room and no other thread is starting one: that keeps the order.</summary>
    private IncomingCall? TakeWaiting()
    {
        lock (_lock)
        {
            if (_isStarting || _running >= rpc.MaxConcurrentRequests || _waiting.First?.Value is not { } call)
                return null;
            _isStarting = true;
            StopWaiting(call);
            _running++;
            return call;
        }
    }

    private void StopWaiting(IncomingCall call)
    {
        _waiting.Remove(call.Place!);
        _waitingBytes -= call.Bytes;
        call.Place = null;
    }
}
