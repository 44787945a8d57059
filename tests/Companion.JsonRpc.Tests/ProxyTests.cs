using Nerdbank.Streams;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests;

/// <summary>Both ends in one process, connected by Nerdbank.Streams: a .NET client calls a contract with its generated proxy.</summary>
[TestClass]
public sealed class ProxyTests
{
    [TestMethod]
    public async Task A_typed_proxy_calls_the_methods_of_a_contract()
    {
        await using var pair = new Pair();

        Assert.AreEqual(new Text("x"), await pair.Proxy.EchoAsync(new Text("x"), CancellationToken.None));
        await pair.Proxy.RestAsync(CancellationToken.None);
        pair.Proxy.Notice(new Text("y"));
        Assert.AreEqual(new Text("y"), await pair.Target.Noticed.Task.WaitAsync(Wire.Patience));
    }

    [TestMethod]
    public async Task A_failure_reaches_the_caller_with_its_code_and_data()
    {
        await using var pair = new Pair();

        var failure = await Assert.ThrowsExactlyAsync<RemoteInvocationException>(
            () => pair.Proxy.EchoAsync(new Text("fail"), CancellationToken.None));

        Assert.AreEqual((9, "No ranks.", "{\"value\":\"data\"}"), (failure.ErrorCode, failure.Message, failure.ErrorData!.ToString()));
    }

    [TestMethod]
    public async Task A_token_cancels_the_call_on_the_server()
    {
        await using var pair = new Pair();
        using var cancel = new CancellationTokenSource();

        var call = pair.Proxy.EchoAsync(new Text("wait"), cancel.Token);
        await pair.Target.Noticed.Task.WaitAsync(Wire.Patience);
        await cancel.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => call.WaitAsync(Wire.Patience));
    }

    [TestMethod]
    public async Task A_cancellation_with_data_reaches_the_caller_with_it()
    {
        await using var pair = new Pair();

        var failure = await Assert.ThrowsExactlyAsync<RemoteInvocationException>(
            () => pair.Proxy.EchoAsync(new Text("cancel"), CancellationToken.None));

        Assert.AreEqual((1, "Canceled.", "{\"value\":\"data\"}"), (failure.ErrorCode, failure.Message, failure.ErrorData!.ToString()));
    }

    [TestMethod]
    public async Task Wrong_params_reach_the_caller_with_their_code_and_data()
    {
        await using var pair = new Pair();

        var failure = await Assert.ThrowsExactlyAsync<RemoteInvocationException>(
            () => pair.Proxy.EchoAsync(new Text("wrong"), CancellationToken.None));

        Assert.AreEqual((-32602, "Wrong.", "{\"value\":\"data\"}"), (failure.ErrorCode, failure.Message, failure.ErrorData!.ToString()));
    }

    [TestMethod]
    public async Task Calls_fail_when_the_other_end_closes()
    {
        await using var pair = new Pair();

        var call = pair.Proxy.EchoAsync(new Text("wait"), CancellationToken.None);
        await pair.Target.Noticed.Task.WaitAsync(Wire.Patience);
        await pair.Server.DisposeAsync();

        await Assert.ThrowsExactlyAsync<ConnectionLostException>(() => call.WaitAsync(Wire.Patience));
    }

    private sealed class Pair : IAsyncDisposable
    {
        public Pair()
        {
            var (client, server) = FullDuplexStream.CreatePair();
            Server = new TestConnection(server, server);
            Server.AddTarget<IContract>(Target);
            Server.StartListening();
            Client = new TestConnection(client, client);
            Proxy = Client.Attach<IContract>();
            Client.StartListening();
        }

        public Target Target { get; } = new();

        public IContract Proxy { get; }

        public TestConnection Server { get; }

        private TestConnection Client { get; }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Server.DisposeAsync();
        }
    }

    internal sealed class Target : IContract
    {
        public TaskCompletionSource<Text> Noticed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<Text> EchoAsync(Text text, CancellationToken cancellationToken)
        {
            if (text.Value == "fail")
                throw new LocalRpcException("No ranks.") { ErrorCode = 9, ErrorData = new Text("data") };
            if (text.Value is "cancel" or "wrong")
            {
                var (code, message) = text.Value == "cancel" ? (-32800, "Canceled.") : (-32602, "Wrong.");
                throw new LocalRpcException(message) { ErrorCode = code, ErrorData = new Text("data") };
            }

            if (text.Value == "wait")
            {
                Noticed.SetResult(text);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return text;
        }

        public Task RestAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Notice(Text text) => Noticed.SetResult(text);
    }
}

#pragma warning disable StreamJsonRpc0008 // without a shape, like the product's contract
/// <summary>A contract with all kinds of methods.</summary>
[JsonRpcContract]
internal partial interface IContract
{
    [JsonRpcMethod("echo")]
    Task<Text> EchoAsync(Text text, CancellationToken cancellationToken);

    [JsonRpcMethod("rest")]
    Task RestAsync(CancellationToken cancellationToken);

    [JsonRpcMethod("notice")]
    void Notice(Text text);
}
