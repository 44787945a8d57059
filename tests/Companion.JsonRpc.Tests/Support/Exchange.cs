using StreamJsonRpc;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>What a connection wrote for an input, and how it ended.</summary>
internal sealed record Exchange(List<string> Replies, JsonRpcDisconnectedEventArgs End, List<JsonRpcDiagnostic> Diagnostics)
{
    public static Task<Exchange> RunAsync(params string[] bodies) => RunAsync(Frames.Of(bodies));

    public static async Task<Exchange> RunAsync(byte[] input, int chunk = int.MaxValue, Action<TestConnection>? configure = null)
    {
        var output = new MemoryStream();
        var diagnostics = new List<JsonRpcDiagnostic>();
        JsonRpcDisconnectedEventArgs? end = null;
        await using (var rpc = new TestConnection(output, new ChunkedStream(input, chunk)))
        {
            rpc.Disconnected += (_, e) => end = e;
            rpc.Handler.Diagnostic = diagnostics.Add;
            Methods.AddTo(rpc);
            configure?.Invoke(rpc);
            rpc.StartListening();
            await rpc.Completion.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Wire.Patience);
        }

        return new Exchange(Frames.Split(output.ToArray()), end!, diagnostics);
    }
}
