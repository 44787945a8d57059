using System.Text.Json.Serialization.Metadata;
using StreamJsonRpc;

namespace Companion.JsonRpc.Tests.Support;

/// <summary>A connection whose methods are delegates.</summary>
internal sealed class TestConnection : Connection, IAsyncDisposable
{
    public TestConnection(Stream output, Stream input)
        : this(new MessageHandler(output, input, TestJson.Default.Options))
    {
    }

    public TestConnection(MessageHandler handler)
        : base(handler) => Handler = handler;

    public MessageHandler Handler { get; }

    public void Add<TParams, TResult>(
        string name, Func<TParams, CancellationToken, Task<TResult>> method, JsonTypeInfo<TParams> _, JsonTypeInfo<TResult> __) =>
        Add(name, new Target<TParams, Task<TResult>>(method));

    public void Add<TParams>(string name, Func<TParams, CancellationToken, Task> method, JsonTypeInfo<TParams> _) =>
        Add(name, new Target<TParams, Task>(method));

    public async ValueTask DisposeAsync()
    {
        Dispose();
        await Completion.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Wire.Patience);
    }

    private void Add<TParams, TTask>(string name, Target<TParams, TTask> target)
    {
        AddLocalRpcMethod(typeof(Target<TParams, TTask>).GetMethod(nameof(target.Run))!, target, new JsonRpcMethodAttribute(name));
        Handler.AddMethod(name);
    }

    private sealed class Target<TParams, TTask>(Func<TParams, CancellationToken, TTask> method)
    {
        public TTask Run(TParams request, CancellationToken cancellationToken) => method(request, cancellationToken);
    }
}
