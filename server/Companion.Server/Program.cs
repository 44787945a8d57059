#pragma warning disable RS0030 // the entry point owns the console
using System.Runtime.InteropServices;
using System.Text;
using Companion.Server;
using Companion.Server.Cli;
using Companion.Server.Cli.Output;
using Companion.Server.Hosting;
using Companion.Server.InProcess;
using Companion.Server.Logging;
using Companion.Server.Mcp;
using Companion.Server.Rpc;
using Companion.Server.Sessions;

const int Failed = 1;
const int WrongArguments = 64; // sysexits.h: EX_USAGE
const int TooFewFiles = 71; // EX_OSERR

if (!CommandLine.IsForServer(args))
    return await RunCommandAsync(args).ConfigureAwait(false);
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

// The commands for people and scripts.
static async Task<int> RunCommandAsync(string[] args)
{
    if (!OperatingSystem.IsWindows())
        CoreDumps.TurnOff();
    var parts = new ServerParts();
    var interruptedAt = 0L;
    using var interrupted = new CancellationTokenSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
    // On Unix, the console's own streams write escape sequences to the terminal. On Windows, they use its code page.
    var terminal = new Terminal(
        OperatingSystem.IsWindows() ? Console.Out : new StreamWriter(StandardStream.OpenOutput()),
        OperatingSystem.IsWindows() ? Console.Error : new StreamWriter(StandardStream.OpenError()),
        static () => Console.In,
        ReadSecret)
    {
        IsInputTerminal = !Console.IsInputRedirected,
        IsOutputTerminal = !Console.IsOutputRedirected,
        IsErrorTerminal = !Console.IsErrorRedirected,
        HasStyle = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && Environment.GetEnvironmentVariable("TERM") != "dumb",
        WaitForOutputClosed = static () => StandardStream.WaitForOutputHangup(500),
        Width = static () => Console.WindowWidth,
    };
    return await CliProgram.RunAsync(
        args,
        terminal,
        parts.Environment,
        parts.Time,
        () => new InProcessServer(parts),
        (session, ended) => McpProgram.RunAsync(session, parts, ended),
        interrupted.Token).ConfigureAwait(false);

    // A later signal ends the process at once. Programs that start others, such as timeout, send the first one twice.
    void Interrupt(PosixSignalContext context)
    {
        context.Cancel = !interrupted.IsCancellationRequested || parts.Time.GetElapsedTime(interruptedAt) < TimeSpan.FromSeconds(1);
        if (!interrupted.IsCancellationRequested)
            interruptedAt = parts.Time.GetTimestamp();
        interrupted.Cancel();
    }
}

static string? ReadSecret()
{
    var secret = new StringBuilder();
    while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
    {
        if (key.Key == ConsoleKey.Backspace)
            secret.Length = Math.Max(0, secret.Length - 1);
        else if (!char.IsControl(key.KeyChar))
            secret.Append(key.KeyChar);
    }

    return secret.ToString();
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
