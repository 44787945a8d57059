#pragma warning disable RS0030 // the entry point owns the console
using Companion.Server;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Rpc;
using Companion.Server.Sessions;

const int Failed = 1;
const int WrongArguments = 64; // sysexits.h: EX_USAGE
const int TooFewFiles = 71; // EX_OSERR

switch (CommandLine.Parse(args))
{
    case CommandLine.Version:
        return Print($"{ServerIdentity.Name} {ServerIdentity.Version}");
    case CommandLine.Help:
        return Print(CommandLine.Usage);
    case CommandLine.Wrong wrong:
        return Complain($"{wrong.Message}\n\n{CommandLine.Usage}");
    case CommandLine.Serve or CommandLine.EndLease when !OperatingSystem.IsWindows() && !OpenFiles.AreEnough():
        return TooFewFiles;
    case CommandLine.Serve serve:
        return await ServeAsync(serve.ClientProcessId).ConfigureAwait(false);
    case CommandLine.EndLease end:
        return await EndLeaseAsync(end).ConfigureAwait(false);
    default:
        return Failed;
}

static async Task<int> ServeAsync(int? clientProcessId)
{
    if (!OperatingSystem.IsWindows())
        CoreDumps.TurnOff();
    using var server = new RpcServer(StandardStream.OpenOutput(), StandardStream.OpenInput(), new ServerParts());
    return await server.Process.RunAsync(clientProcessId).ConfigureAwait(false);
}

// The same session without a client, for the end of one connection.
static async Task<int> EndLeaseAsync(CommandLine.EndLease end)
{
    if (!OperatingSystem.IsWindows())
        CoreDumps.TurnOff();
    var parts = new ServerParts();
    var client = new RecordingClient(new NoClient(), parts.Recorder);
    var log = parts.LogTo(client);
    var sessions = parts.SessionsFor(client, log);
    return await UnattendedProcess.EndAsync(end.Id, end.StoragePath, sessions, parts.Timers, parts.Time, log).ConfigureAwait(false) ? 0 : Failed;
}

static int Print(string text)
{
    Console.WriteLine(text);
    return 0;
}

static int Complain(string text)
{
    Console.Error.WriteLine(text);
    return WrongArguments;
}
