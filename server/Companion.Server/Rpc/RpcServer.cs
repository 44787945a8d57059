using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Sessions;

namespace Companion.Server.Rpc;

/// <summary>The server at one end of a connection: the methods of the protocol, and the gateway behind them.</summary>
internal sealed class RpcServer : IDisposable
{
    private readonly Lifecycle _lifecycle = new();
    private readonly RpcTargets _targets;

    /// <summary>Wires everything up. Nothing is read before <see cref="Connection"/> starts listening.</summary>
    public RpcServer(Stream output, Stream input, ServerParts parts)
    {
        var (recorder, time) = (parts.Recorder, parts.Time);
        recorder.Add("state", $"{ServerIdentity.Name} {ServerIdentity.Version} started as process {Environment.ProcessId}");
        var handler = new MessageHandler(output, input, ProtocolJson.Default.Options)
        {
            Gate = method => RpcErrors.Translate(_lifecycle.Refuse(method)),
            Traffic = recorder.Add,
        };
        Connection = new Connection(handler) { Translate = RpcErrors.Translate };
        var client = new RecordingClient(new RpcClient(Connection), recorder);
        var log = parts.LogTo(client);
        handler.Diagnostic = d => ServerLog.Protocol(log, d.Method ?? "a message", d.Detail, d.Exception);
        Process = new ServerProcess(_lifecycle, Connection, log);
        var sessions = parts.SessionsFor(client, log);
        var support = new SupportMethods(recorder, parts.Credentials, parts.Environment, parts.Mask, time);
        _targets = new RpcTargets(
            client, sessions.Remember, sessions.Open, parts.Credentials.FindBaseUrl, support, _lifecycle, Process, log.SetTrace);
        Connection.AddTarget<ICompanionServer>(_targets);
    }

    public Connection Connection { get; }

    /// <summary>The process, if the connection is its only purpose.</summary>
    public ServerProcess Process { get; }

    /// <inheritdoc/>
    public void Dispose() => _targets.Dispose();
}
