using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Companion.Protocol;
using Nerdbank.Streams;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace Companion.Server.Tests.Support;

/// <summary>The server's process, with StreamJsonRpc's own handler and formatter at the other end of its pipes.</summary>
internal sealed class TypedClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly TaskCompletionSource _firstProgress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly ObjectParamsRpc _rpc;

    public TypedClient()
    {
        var program = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "companion-server.dll"), "--stdio"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var name in program.Environment.Keys.Where(static name => name.StartsWith("FIREWORKS_", StringComparison.OrdinalIgnoreCase)).ToArray())
            program.Environment.Remove(name);
        program.Environment["HOME"] = Path.GetTempPath();
        _process = Process.Start(program)!;
        var pipes = FullDuplexStream.Splice(_process.StandardOutput.BaseStream, _process.StandardInput.BaseStream);
        _rpc = new ObjectParamsRpc(new HeaderDelimitedMessageHandler(pipes, new SystemTextJsonFormatter { JsonSerializerOptions = Json }));
        _rpc.AddLocalRpcMethod("$/progress", Tell);
        Server = _rpc.Attach<ICompanionServer>();
        _rpc.StartListening();
    }

    public ICompanionServer Server { get; }

    /// <summary>The kinds of progress values, in order.</summary>
    public ConcurrentQueue<string> Progress { get; } = [];

    public Task FirstProgress => _firstProgress.Task;

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        _rpc.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Tell(JsonElement token, JsonElement value)
    {
        Progress.Enqueue($"{value.GetProperty("kind")}");
        _firstProgress.TrySetResult();
    }

    /// <summary>A call has one argument, its params object, as in LSP.</summary>
    private sealed class ObjectParamsRpc(IJsonRpcMessageHandler handler) : StreamJsonRpc.JsonRpc(handler)
    {
        protected override ValueTask SendAsync(JsonRpcMessage message, CancellationToken cancellationToken)
        {
            if (message is JsonRpcRequest { ArgumentsList: [{ } argument] } request)
                request.NamedArguments = JsonSerializer.SerializeToElement(argument, Json).EnumerateObject()
                    .ToDictionary(static member => member.Name, static member => (object?)member.Value);
            return base.SendAsync(message, cancellationToken);
        }
    }
}
