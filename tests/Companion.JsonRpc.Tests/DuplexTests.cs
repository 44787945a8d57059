using System.IO.Pipelines;
using System.Text.Json;

namespace Companion.JsonRpc.Tests;

[TestClass]
public sealed class DuplexTests
{
    [TestMethod]
    public async Task Both_ends_call_each_other_at_once()
    {
        await using var pair = new Pair();

        var calls = Enumerable.Range(0, 500)
            .SelectMany(i => new[] { EchoAsync(pair.Client, $"c{i} é"), EchoAsync(pair.Server, $"s{i}") }).ToList();

        CollectionAssert.AreEqual(
            Enumerable.Range(0, 500).SelectMany(i => new[] { $"c{i} é", $"s{i}" }).ToArray(),
            await Task.WhenAll(calls).WaitAsync(Wire.Patience));
    }

    [TestMethod]
    public async Task A_handler_calls_back_while_it_handles()
    {
        JsonRpc? server = null;
        await using var pair = new Pair(rpc =>
        {
            server = rpc;
            rpc.AddLocalRpcMethod(
                "relay",
                async (text, _) => new Text(await EchoAsync(server, $"[{text.Value}]")),
                TestJson.Default.Text,
                TestJson.Default.Text);
        });

        var result = await pair.Client
            .InvokeWithParameterObjectAsync("relay", new Text("x"), TestJson.Default.Text, TestJson.Default.Text).WaitAsync(Wire.Patience);

        Assert.AreEqual("[x]", result.Value);
    }

    [TestMethod]
    public async Task Notifications_arrive_before_the_reply_that_follows_them()
    {
        var heard = new List<string>();
        JsonRpc? server = null;
        await using var pair = new Pair(
            rpc =>
            {
                server = rpc;
                rpc.AddLocalRpcMethod(
                    "work",
                    async (_, _) =>
                    {
                        for (var i = 0; i < 100; i++)
                            await server.NotifyWithParameterObjectAsync("$/progress", new Text($"{i}"), TestJson.Default.Text);
                    },
                    TestJson.Default.Nothing);
            },
            rpc => rpc.AddLocalRpcMethod(
                "$/progress",
                (text, _) =>
                {
                    heard.Add(text.Value);
                    return Task.CompletedTask;
                },
                TestJson.Default.Text));

        await InvokeAsync(pair.Client, "work");

        CollectionAssert.AreEqual(Enumerable.Range(0, 100).Select(i => $"{i}").ToList(), heard);
    }

    [TestMethod]
    public async Task An_error_reaches_the_caller_with_code_message_and_data()
    {
        await using var pair = new Pair(rpc => rpc.AddLocalRpcMethod(
            "fail",
            (_, _) => throw new LocalRpcException("no") { ErrorCode = 9, ErrorData = JsonElement.Parse("{\"a\":1}") },
            TestJson.Default.Nothing));

        var error = await Assert.ThrowsExactlyAsync<RemoteInvocationException>(() => InvokeAsync(pair.Client, "fail"));

        Assert.AreEqual((9, "no", "{\"a\":1}"), (error.ErrorCode, error.Message, error.ErrorData.ToString()));
    }

    [TestMethod]
    public async Task A_cancelled_call_ends_at_once_and_the_peer_hears_of_it()
    {
        var started = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var pair = new Pair(rpc => rpc.AddLocalRpcMethod(
            "stubborn",
            async (_, cancellationToken) =>
            {
                cancellationToken.Register(cancelled.SetResult);
                started.SetResult();
                await cancelled.Task;
            },
            TestJson.Default.Nothing));
        using var source = new CancellationTokenSource();

        var call = InvokeAsync(pair.Client, "stubborn", source.Token);
        await started.Task.WaitAsync(Wire.Patience);
        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<OperationCanceledException>(() => call);
        Assert.AreEqual(source.Token, error.CancellationToken);
        await cancelled.Task.WaitAsync(Wire.Patience);
    }

    [TestMethod]
    public async Task A_call_cancelled_beforehand_is_not_sent()
    {
        await using var wire = new Wire();

        await Assert.ThrowsAsync<OperationCanceledException>(() => InvokeAsync(wire.Server, "x", new CancellationToken(canceled: true)));

        await wire.AssertSilentAsync();
    }

    [TestMethod]
    public async Task Calls_and_notifications_have_this_form()
    {
        await using var wire = new Wire();
        using var source = new CancellationTokenSource();

        await wire.Server.NotifyWithParameterObjectAsync("a\"b", new Text("x"), TestJson.Default.Text);
        var call = InvokeAsync(wire.Server, "first", source.Token);
        _ = InvokeAsync(wire.Server, "second");
        Assert.AreEqual("""{"jsonrpc":"2.0","method":"a\"b","params":{"value":"x"}}""", await wire.ReceiveAsync());
        Assert.AreEqual("""{"jsonrpc":"2.0","method":"first","params":{},"id":1}""", await wire.ReceiveAsync());
        Assert.AreEqual("""{"jsonrpc":"2.0","method":"second","params":{},"id":2}""", await wire.ReceiveAsync());
        await source.CancelAsync();
        Assert.AreEqual("""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}""", await wire.ReceiveAsync());

        await Assert.ThrowsAsync<OperationCanceledException>(() => call);
    }

    [TestMethod]
    [DataRow("""{"jsonrpc":"2.0","id":1,"result":5}""", typeof(JsonException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"result":{"value":"\ud800"}}""", typeof(JsonException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":null}""", typeof(RemoteInvocationException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":5}""", typeof(RemoteInvocationException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":{}}""", typeof(RemoteInvocationException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":{"code":"x","message":"m"}}""", typeof(RemoteInvocationException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":{"code":1.5,"message":"m"}}""", typeof(RemoteInvocationException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"\ud800"}}""", typeof(RemoteInvocationException))]
    [DataRow("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":[]},"result":{}}""", typeof(RemoteInvocationException))]
    public async Task A_bad_reply_fails_its_call_and_no_other(string reply, Type expected)
    {
        await using var wire = new Wire();

        var first = EchoAsync(wire.Server, "1");
        var second = EchoAsync(wire.Server, "2");
        await wire.SendAsync(Result("\"1\"", """{"value":"for nobody"}"""), reply, Result("2", """{"value":"fine"}"""));

        Assert.AreEqual("fine", await second.WaitAsync(Wire.Patience));
        var error = await Assert.ThrowsAsync<Exception>(() => first);
        Assert.IsInstanceOfType(error, expected);
    }

    [TestMethod]
    public async Task A_reply_that_comes_the_instant_the_request_is_sent_finds_its_call()
    {
        var input = new Pipe();
        var output = new AnsweringStream(input.Writer);
        await using var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, input.Reader.AsStream()));
        rpc.StartListening();

        for (var i = 1; i <= 100; i++)
            Assert.AreEqual("instant", await EchoAsync(rpc, "x").WaitAsync(Wire.Patience));
    }

    [TestMethod]
    public async Task Every_pending_call_fails_when_the_connection_ends()
    {
        await using var wire = new Wire();
        var calls = Enumerable.Range(0, 10).Select(_ => InvokeAsync(wire.Server, "x")).ToList();

        wire.CloseInput();

        foreach (var call in calls)
        {
            var error = await Assert.ThrowsExactlyAsync<ConnectionLostException>(() => call.WaitAsync(Wire.Patience));
            Assert.AreEqual("The connection has ended: the peer closed it.", error.Message);
        }

        await Assert.ThrowsExactlyAsync<ConnectionLostException>(() => InvokeAsync(wire.Server, "x"));
        Assert.ThrowsExactly<ConnectionLostException>(
            () => { _ = wire.Server.NotifyWithParameterObjectAsync("x", new Nothing(), TestJson.Default.Nothing); });
    }

    [TestMethod]
    public async Task What_cannot_be_serialised_is_the_caller_s_failure()
    {
        await using var wire = new Wire();

        await Assert.ThrowsExactlyAsync<FormatException>(() => wire.Server.InvokeWithParameterObjectAsync(
            "x", new Unserialisable(), TestJson.Default.Unserialisable, TestJson.Default.Nothing));

        await wire.AssertSilentAsync();
        await wire.SendAsync(Result("1", "{}"));
        Assert.AreEqual("ignored: a reply to no call that is waiting", (await wire.NextDiagnosticAsync()).Detail);
    }

    [TestMethod]
    public async Task A_caller_that_blocks_after_its_call_does_not_stall_the_reading()
    {
        using var release = new ManualResetEventSlim();
        await using var wire = new Wire();

        async Task CallAsync()
        {
            await InvokeAsync(wire.Server, "x");
            release.Wait(Wire.Patience, CancellationToken.None);
        }

        var call = CallAsync();
        await wire.ReceiveAsync();
        await wire.SendAsync(Result("1", "{}"));
        await wire.AssertSilentAsync();
        Assert.IsFalse(call.IsCompleted);
        release.Set();

        await call.WaitAsync(Wire.Patience);
    }

    private static Task<Nothing> InvokeAsync(JsonRpc rpc, string method, CancellationToken cancellationToken = default) =>
        rpc.InvokeWithParameterObjectAsync(method, new Nothing(), TestJson.Default.Nothing, TestJson.Default.Nothing, cancellationToken);

    private static async Task<string> EchoAsync(JsonRpc rpc, string text) =>
        (await rpc.InvokeWithParameterObjectAsync("echo", new Text(text), TestJson.Default.Text, TestJson.Default.Text)).Value;

    /// <summary>Answers each request before the write of it returns.</summary>
    private sealed class AnsweringStream(PipeWriter answers) : MemoryStream
    {
        private int _lastId;

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await answers.WriteAsync(Frames.Of(Result($"{++_lastId}", """{"value":"instant"}""")), cancellationToken);
    }
}
