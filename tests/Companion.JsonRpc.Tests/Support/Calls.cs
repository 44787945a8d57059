using System.Collections.Concurrent;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>Requests that end when the test requires it: <c>call</c> with a number as its only param.</summary>
internal sealed class Calls
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<int>> _calls = [];

    public ConcurrentQueue<int> Started { get; } = [];

    public void AddTo(TestConnection rpc) =>
        rpc.Add("call", RunAsync, TestJson.Default.Int32Array, TestJson.Default.Int32);

    public void Finish(int number) => Get(number).TrySetResult(number);

    public async Task<int> RunAsync(int[] numbers, CancellationToken cancellationToken)
    {
        Started.Enqueue(numbers[0]);
        return await Get(numbers[0]).Task.WaitAsync(cancellationToken);
    }

    private TaskCompletionSource<int> Get(int number) =>
        _calls.GetOrAdd(number, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
