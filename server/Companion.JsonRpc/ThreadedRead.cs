using System.Threading.Tasks.Sources;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>
/// A read on a thread of its own, where whoever awaits it goes on: where reads block, it is not one of the pool's threads that does. The
/// thread starts once the continuation is known, else the continuation could run elsewhere.
/// </summary>
internal sealed class ThreadedRead(Func<ValueTask<JsonRpcMessage?>> read) : IValueTaskSource<JsonRpcMessage?>
{
    private Task<JsonRpcMessage?>? _done;

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _done is null ? ValueTaskSourceStatus.Pending : ValueTaskSourceStatus.Succeeded;

#pragma warning disable VSTHRD002 // it has completed
    /// <inheritdoc/>
    public JsonRpcMessage? GetResult(short token) => _done!.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        new Thread(() =>
        {
            var done = read().AsTask();
            ((IAsyncResult)done).AsyncWaitHandle.WaitOne();
            _done = done;
            continuation(state);
        })
        { IsBackground = true, Name = "JSON-RPC reader" }.UnsafeStart();
}
