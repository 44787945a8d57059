namespace Companion.JsonRpc;

/// <summary>The calls of ours that are not answered yet, each with what its caller waits for: the JSON of the result.</summary>
internal sealed class OutgoingCalls
{
    private readonly Dictionary<RequestId, TaskCompletionSource<byte[]>> _byId = [];
    private Func<ConnectionLostException>? _end;
    private long _lastId;

    /// <summary>Makes a call's id. It has to be here before its request goes out: the reply may come at once.</summary>
    public (RequestId Id, Task<byte[]> Result) Add()
    {
        lock (_byId)
        {
            ThrowIfEnded();
            var id = new RequestId(++_lastId);
            var result = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
            _byId.Add(id, result);
            return (id, result.Task);
        }
    }

    /// <summary>Takes a call out, for the taker to complete.</summary>
    public TaskCompletionSource<byte[]>? Take(RequestId id)
    {
        lock (_byId)
            return _byId.Remove(id, out var result) ? result : null;
    }

    public void ThrowIfEnded()
    {
        if (Volatile.Read(ref _end) is { } end)
            throw end();
    }

    /// <summary>Fails every call, and those that are still to come.</summary>
    public void End(Func<ConnectionLostException> end)
    {
        TaskCompletionSource<byte[]>[] pending;
        lock (_byId)
        {
            Volatile.Write(ref _end, end);
            pending = [.. _byId.Values];
            _byId.Clear();
        }

        foreach (var result in pending)
            result.SetException(end());
    }
}
