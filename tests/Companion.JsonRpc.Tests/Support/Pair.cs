using System.IO.Pipelines;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>Two ends that talk to each other in memory.</summary>
internal sealed class Pair : IAsyncDisposable
{
    public Pair(Action<JsonRpc>? configureServer = null, Action<JsonRpc>? configureClient = null)
    {
        var (up, down) = (new Pipe(), new Pipe());
        Server = Listen(new HeaderDelimitedMessageHandler(down.Writer, up.Reader), configureServer);
        Client = Listen(new HeaderDelimitedMessageHandler(up.Writer, down.Reader), configureClient);
    }

    public JsonRpc Server { get; }

    public JsonRpc Client { get; }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static JsonRpc Listen(HeaderDelimitedMessageHandler handler, Action<JsonRpc>? configure)
    {
        var rpc = new JsonRpc(handler);
        Methods.AddTo(rpc);
        configure?.Invoke(rpc);
        rpc.StartListening();
        return rpc;
    }
}
