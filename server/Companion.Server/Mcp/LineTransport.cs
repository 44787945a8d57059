using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Companion.Server.Mcp;

/// <summary>
/// A message on each line. Calls that are running when the input ends are still answered, which the library doesn't do: such as those of a
/// script that writes all its messages and closes the pipe.
/// </summary>
internal sealed class LineTransport : StreamServerTransport
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Stream _output;

    /// <summary>Starts reading.</summary>
    public LineTransport(Stream input, Stream output)
        : base(input, output) => _output = output;

    /// <inheritdoc/>
    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, McpJsonUtilities.DefaultOptions.GetTypeInfo<JsonRpcMessage>()), (byte)'\n'];
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _output.WriteAsync(line, CancellationToken.None).ConfigureAwait(false); // half a line would break the next one
        }
        finally
        {
            _writing.Release();
        }
    }
}
