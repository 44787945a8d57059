#pragma warning disable RS0030 // the entry point owns the console
using Companion.Gateway.Credentials;
using Companion.Gateway.Files;
using Companion.JsonRpc;
using Companion.Protocol;
using Companion.Server;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Rpc;
using Companion.Server.Scheduling;
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

// Wires everything up: the connection over stdio, the protocol's methods, and the gateway behind them.
static async Task<int> ServeAsync(int? clientProcessId)
{
    if (!OperatingSystem.IsWindows())
        CoreDumps.TurnOff();
    var time = TimeProvider.System;
    var environment = new ProcessEnvironment();
    var credentials = new CredentialSources(environment);
    var mask = new SecretMask();
    var lifecycle = new Lifecycle();
    var recorder = new FlightRecorder(time);
    recorder.Add("state", $"{ServerIdentity.Name} {ServerIdentity.Version} started as process {Environment.ProcessId}");

    var handler = new MessageHandler(StandardStream.OpenOutput(), StandardStream.OpenInput(), ProtocolJson.Default.Options)
    {
        Gate = method => RpcErrors.Translate(lifecycle.Refuse(method)),
        Traffic = recorder.Add,
    };
    var rpc = new Connection(handler) { Translate = RpcErrors.Translate };
    var client = new RecordingClient(new RpcClient(rpc), recorder);
    var log = new ClientLogger(client, StandardStream.OpenError, mask, recorder);
    var support = new SupportMethods(recorder, credentials, environment, mask, time);
    handler.Diagnostic = d => ServerLog.Protocol(log, d.Method ?? "a message", d.Detail, d.Exception);
    var process = new ServerProcess(lifecycle, rpc, log);
    var sessions = new SessionFactory(client, environment, credentials, mask, TimersFor(environment), time, log);
    using var targets = new RpcTargets(
        client, sessions.Remember, sessions.Open, credentials.FindBaseUrl, support, lifecycle, process, log.SetTrace);
    rpc.AddTarget<ICompanionServer>(targets);
    return await process.RunAsync(clientProcessId).ConfigureAwait(false);
}

// The same session without a client, for the end of one connection.
static async Task<int> EndLeaseAsync(CommandLine.EndLease end)
{
    if (!OperatingSystem.IsWindows())
        CoreDumps.TurnOff();
    var time = TimeProvider.System;
    var environment = new ProcessEnvironment();
    var mask = new SecretMask();
    var recorder = new FlightRecorder(time);
    var client = new RecordingClient(new NoClient(), recorder);
    var log = new ClientLogger(client, StandardStream.OpenError, mask, recorder);
    var timers = TimersFor(environment);
    var sessions = new SessionFactory(client, environment, new CredentialSources(environment), mask, timers, time, log);
    return await UnattendedProcess.EndAsync(end.Id, end.StoragePath, sessions, timers, time, log).ConfigureAwait(false) ? 0 : Failed;
}

static IUserTimers TimersFor(ProcessEnvironment environment) =>
    OperatingSystem.IsLinux() ? new SystemdTimers(environment, ProgramRunner.SystemctlAsync)
    : OperatingSystem.IsMacOS() ? new LaunchdTimers(environment.HomeDirectory, UserId.Current, ProgramRunner.LaunchctlAsync)
    : OperatingSystem.IsWindows() ? new TaskSchedulerTimers(Path.GetTempPath(), ProgramRunner.SchtasksAsync)
    : new NoTimers();

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
