using Companion.Protocol;
using Companion.Server.Hosting;
using Companion.Server.InProcess;
using Companion.Server.Sessions;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Companion.Server.Mcp;

/// <summary><c>companion mcp</c>: a server of the Model Context Protocol over stdin and stdout, for agents.</summary>
internal static class McpProgram
{
    private const string Instructions =
        "Connects Fireworks environments to GPU node pools, and disconnects them. A connection costs money while it lasts, so disconnect when you're "
        + "done. A change is sent once: if a result says that the outcome is unknown, read the environment before you do anything else.";

    // After the end of the input: how long a change is still waited for, and then a read. The official clients end the process with a signal 2 s
    // after they close its input, but a script waits for its answers.
    private static readonly TimeSpan LastOfChanges = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastOfReads = TimeSpan.FromSeconds(5);

    /// <summary>Serves until the input ends.</summary>
    /// <param name="session">The params of <c>initialize</c> for the server in this process, which acts for an agent.</param>
    /// <param name="interrupted">Canceled by a signal to end.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(InitializeParams session, ServerParts parts, CancellationToken interrupted)
    {
        var error = TextWriter.Synchronized(new StreamWriter(StandardStream.OpenError()) { AutoFlush = true });
        var server = new InProcessServer(parts) { OnLogMessage = line => error.WriteLine(line.Message) };
        await using var ended = server.ConfigureAwait(false);
        try
        {
            await server.CallAsync(s => s.InitializeAsync(session, interrupted)).ConfigureAwait(false);
        }
        catch (ServerException e)
        {
            Log(e.Message);
            return 1;
        }

        await ServeAsync(server, parts.Time, Log, interrupted).ConfigureAwait(false);
        return 0;

        void Log(string text) => error.WriteLine(parts.Mask.Redact(text));
    }

    private static async Task ServeAsync(IServerCalls server, TimeProvider time, Action<string> log, CancellationToken interrupted)
    {
        var catalog = new ToolCatalog();
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var handler = new ToolHandler(new ToolCalls(new CompanionTools(server, time), catalog, log), catalog, time, log, ended.Token);
        var options = new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "companion", Title = "Companion", Version = ServerIdentity.Version },
            ServerInstructions = Instructions,
            ScopeRequests = false, // there are no services
            Handlers = new McpServerHandlers
            {
                ListToolsHandler = (request, _) => ValueTask.FromResult(catalog.List(request.Params?.Cursor)),
                CallToolHandler = handler.CallAsync,
            },
        };
        options.Filters.Message.IncomingFilters.Add(ProtocolVersions.Negotiate);

        // Never disposed: that would wait for a read in progress.
        var transport = new LineTransport(StandardStream.OpenInput(), StandardStream.OpenOutput());
        var mcp = McpServer.Create(transport, options);
        await using var disposed = mcp.ConfigureAwait(false);
        var running = mcp.RunAsync(stopped.Token);
        await Task.WhenAny(transport.MessageReader.Completion, running).ConfigureAwait(false);
        ended.CancelAfter(LastOfChanges);
        stopped.CancelAfter(LastOfReads);
        await running.ConfigureAwait(false);
    }
}
