using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Companion.JsonRpc;

/// <summary>A method that the peer may call.</summary>
internal abstract class RpcMethod(string name)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Binds a params object to a call; null, and a sentence for the peer, where it does not fit.</summary>
    public abstract IncomingCall? Bind(ReadOnlySpan<byte> json, out string fault);

    /// <summary>Writes the result of the handler's task. That has succeeded, so this completes before it returns.</summary>
    public virtual Task WriteResultAsync(Task succeeded, MessageWriter writer)
    {
        writer.WriteNull();
        return Task.CompletedTask;
    }
}

/// <summary>A method without a result: a notification, or a request that is answered with null.</summary>
internal class RpcMethod<TParams>(string name, Func<TParams, CancellationToken, Task> handler, Func<JsonTypeInfo<TParams>> paramsType)
    : RpcMethod(name)
{
    public sealed override IncomingCall? Bind(ReadOnlySpan<byte> json, out string fault) =>
        ParamsBinder.TryBind(json, paramsType(), out var value, out fault) ? new Call(this, handler, value) : null;

    private sealed class Call(RpcMethod method, Func<TParams, CancellationToken, Task> handler, TParams value)
        : IncomingCall(method)
    {
        protected override Task InvokeAsync(CancellationToken cancellationToken) => handler(value, cancellationToken);
    }
}

/// <summary>A method with a result.</summary>
internal sealed class RpcMethod<TParams, TResult>(
    string name,
    Func<TParams, CancellationToken, Task<TResult>> handler,
    Func<JsonTypeInfo<TParams>> paramsType,
    Func<JsonTypeInfo<TResult>> resultType) : RpcMethod<TParams>(name, handler, paramsType)
{
    public override async Task WriteResultAsync(Task succeeded, MessageWriter writer) =>
        writer.WriteValue(await ((Task<TResult>)succeeded).ConfigureAwait(false), resultType());
}

/// <summary>A request or a notification with its params bound.</summary>
internal abstract class IncomingCall(RpcMethod method)
{
    public RpcMethod Method { get; } = method;

    public RequestId Id { get; private set; }

    /// <summary>The batch that its reply belongs to, if any.</summary>
    public Batch? Batch { get; private set; }

    /// <summary>Bytes of its message: what it counts for while it waits.</summary>
    public int Bytes { get; private set; }

    /// <summary>Cancelled by <c>$/cancelRequest</c> and by the end of the connection. A notification has none.</summary>
    public CancellationTokenSource? Cancellation { get; private set; }

    /// <summary>Its place among those that wait.</summary>
    public LinkedListNode<IncomingCall>? Place { get; set; }

    public void BecomeRequest(RequestId id, Batch? batch, int bytes) =>
        (Id, Batch, Bytes, Cancellation) = (id, batch, bytes, new CancellationTokenSource());

    /// <summary>Runs the handler up to its first wait. A failure is the task's.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            return InvokeAsync(cancellationToken) ?? throw new InvalidOperationException("The handler returned no task.");
        }
        catch (Exception e)
        {
            return Task.FromException(e);
        }
    }

    protected abstract Task InvokeAsync(CancellationToken cancellationToken);
}
