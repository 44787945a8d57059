#pragma warning disable RS0030 // the entry point owns the console
using Companion.Gateway;
using Companion.Gateway.Credentials;
using Companion.JsonRpc;
using Companion.Server;
using Companion.Server.Environments;
using Companion.Server.Hosting;
using Companion.Server.Storage;

const int Failed = 1;
const int WrongArguments = 64; // sysexits.h: EX_USAGE

switch (CommandLine.Parse(args))
{
    case CommandLine.Version:
        Console.WriteLine($"{ServerIdentity.Name} {ServerIdentity.Version}");
        return 0;
    case CommandLine.Help:
        Console.WriteLine(CommandLine.Usage);
        return 0;
    case CommandLine.Wrong wrong:
        Console.Error.WriteLine($"{wrong.Message}\n\n{CommandLine.Usage}");
        return WrongArguments;
    case CommandLine.Serve serve:
        return await ServeAsync(serve.ClientProcessId).ConfigureAwait(false);
    default:
        return Failed;
}

// The whole composition: a connection over stdio, the methods of the protocol on it, and behind them the gateway.
static async Task<int> ServeAsync(int? clientProcessId)
{
    var time = TimeProvider.System;
    var credentials = new CredentialSources(new ProcessEnvironment());
    var mask = new SecretMask();
    var lifecycle = new Lifecycle();

    var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(Console.OpenStandardOutput(), Console.OpenStandardInput()));
    await using var ending = rpc.ConfigureAwait(false);
    var client = new RpcClient(rpc);
    var log = new ClientLogger(client, Console.Error, mask);
    using var methods = new ServerMethods(client, Remember, OpenSession, credentials.FindBaseUrl);
    var process = new ServerProcess(lifecycle, rpc, log, time);

    RpcMethods.AddTo(rpc, methods, lifecycle, process.OnInitialized, log.SetTrace);
    return await process.RunAsync(clientProcessId).ConfigureAwait(false);

    SessionMemory Remember(ServerSettings settings) =>
        new(settings.StoragePath is { Length: > 0 } folder ? new FolderStore(folder) : new NoStore(), time);

    GatewaySession OpenSession(ServerSettings settings, SessionMemory memory)
    {
        var pace = new RequestPace(time);
        var access = new GatewayAccess(GatewayAccess.HandlerFor(settings, time, log), settings, credentials, mask, pace, time, log);
        return new GatewaySession(access.GatewayFor, pace, access.GivenKey, settings, memory, client, time, Random.Shared.NextDouble);
    }
}
