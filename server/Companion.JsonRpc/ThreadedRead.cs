using System.Threading.Tasks.Sources;
using StreamJsonRpc.Protocol;

namespace Companion.JsonRpc;

/// <summary>
/// A read that runs, together with its continuation, on its own thread. If reads block, no thread of the pool is blocked. The thread starts when
/// the continuation is known, because otherwise the continuation could run elsewhere.
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
