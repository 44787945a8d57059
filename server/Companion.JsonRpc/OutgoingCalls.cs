using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>A call of ours that waits for the peer's reply.</summary>
internal abstract class OutgoingCall
{
    public abstract void SetResult(ReadOnlySpan<byte> json);

    public abstract void SetException(Exception exception);
}

/// <inheritdoc/>
internal sealed class OutgoingCall<TResult>(JsonTypeInfo<TResult> resultType) : OutgoingCall
{
    /// <summary>Completed by whoever takes the call out. The caller's code does not run on the reader's thread.</summary>
    public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override void SetResult(ReadOnlySpan<byte> json)
    {
        try
        {
            Completion.SetResult(JsonSerializer.Deserialize(json, resultType)!);
        }
        catch (Exception e)
        {
            Completion.SetException(e);
        }
    }

    public override void SetException(Exception exception) => Completion.SetException(exception);
}

/// <summary>The calls of ours that are not answered yet.</summary>
internal sealed class OutgoingCalls
{
    private readonly Dictionary<RequestId, OutgoingCall> _byId = [];
    private Func<ConnectionLostException>? _end;
    private long _lastId;

    /// <summary>Gives a call its id. It has to be here before its request goes out: the reply may come at once.</summary>
    public RequestId Add(OutgoingCall call)
    {
        lock (_byId)
        {
            ThrowIfEnded();
            var id = new RequestId(++_lastId);
            _byId.Add(id, call);
            return id;
        }
    }

    /// <summary>Takes a call out.</summary>
    public OutgoingCall? Take(RequestId id)
    {
        lock (_byId)
            return _byId.Remove(id, out var call) ? call : null;
    }

    public void ThrowIfEnded()
    {
        if (Volatile.Read(ref _end) is { } end)
            throw end();
    }

    /// <summary>Fails every call, and those that are still to come.</summary>
    public void End(Func<ConnectionLostException> end)
    {
        OutgoingCall[] calls;
        lock (_byId)
        {
            _end = end;
            calls = [.. _byId.Values];
            _byId.Clear();
        }

        foreach (var call in calls)
            call.SetException(end());
    }
}
