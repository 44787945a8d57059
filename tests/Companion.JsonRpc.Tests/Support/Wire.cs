using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>A connection under test. The test itself is the client, byte by byte.</summary>
internal sealed class Wire : IAsyncDisposable
{
    /// <summary>Prevents tests from hanging. Doesn't measure anything.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly PipeOptions Unbounded = new(pauseWriterThreshold: 0);

    private readonly Pipe _toServer = new(Unbounded);
    private readonly Pipe _fromServer = new(Unbounded);
    private readonly Channel<JsonRpcDiagnostic> _diagnostics = Channel.CreateUnbounded<JsonRpcDiagnostic>();

    public Wire(Action<TestConnection>? configure = null)
    {
        Server = new TestConnection(_fromServer.Writer.AsStream(), _toServer.Reader.AsStream());
        Server.Handler.Diagnostic = diagnostic => _diagnostics.Writer.TryWrite(diagnostic);
        Server.Disconnected += (_, e) => End = e;
        Methods.AddTo(Server);
        configure?.Invoke(Server);
        Server.StartListening();
    }

    public TestConnection Server { get; }

    public JsonRpcDisconnectedEventArgs? End { get; private set; }

    public async Task SendAsync(params string[] bodies) => await SendRawAsync(Frames.Of(bodies));

    public async Task SendRawAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes);

    public void CloseInput() => _toServer.Writer.Complete();

    public async Task<string> ReceiveAsync()
    {
        while (true)
        {
            var read = await _fromServer.Reader.ReadAsync().AsTask().WaitAsync(Patience);
            ReadOnlySpan<byte> bytes = read.Buffer.ToArray();
            var length = bytes.Length;
            if (Frames.TryTake(ref bytes, out var body))
            {
                _fromServer.Reader.AdvanceTo(read.Buffer.GetPosition(length - bytes.Length));
                return body;
            }

            Assert.IsFalse(read.IsCompleted, "The output has ended.");
            _fromServer.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    public async Task<JsonRpcDiagnostic> NextDiagnosticAsync() =>
        await _diagnostics.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Asserts that nothing else was sent before the response to another request.</summary>
    public async Task AssertSilentAsync()
    {
        await SendAsync(Request(999_999, "nothing"));
        Assert.AreEqual(Result("999999", "null"), await ReceiveAsync());
    }

    /// <summary>Waits for the end, however it ended.</summary>
    public async Task<JsonRpcDisconnectedEventArgs> EndAsync()
    {
        await Server.Completion.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(Patience);
        return End!;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
