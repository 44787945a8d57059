using Companion.Gateway.Credentials;
using Companion.Gateway.Files;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Scheduling;

namespace Companion.Server.Sessions;

/// <summary>What a server of this process needs from the machine, whoever its client is.</summary>
internal sealed class ServerParts
{
    /// <summary>Takes the parts from this machine.</summary>
    public ServerParts()
    {
        Credentials = new CredentialSources(Environment);
        Recorder = new FlightRecorder(Time);
        Timers = OperatingSystem.IsLinux() ? new SystemdTimers(Environment, ProgramRunner.SystemctlAsync)
            : OperatingSystem.IsMacOS() ? new LaunchdTimers(Environment.HomeDirectory, UserId.Current, ProgramRunner.LaunchctlAsync)
            : OperatingSystem.IsWindows() ? new TaskSchedulerTimers(Path.GetTempPath(), ProgramRunner.SchtasksAsync)
            : new NoTimers();
    }

    public TimeProvider Time { get; } = TimeProvider.System;

    public ProcessEnvironment Environment { get; } = new();

    public CredentialSources Credentials { get; }

    public SecretMask Mask { get; } = new();

    public FlightRecorder Recorder { get; }

    public IUserTimers Timers { get; }

    /// <summary>The log of a server with this client.</summary>
    public ClientLogger LogTo(IClient client) => new(client, StandardStream.OpenError, Mask, Recorder);

    /// <summary>Opens the sessions of a server with this client.</summary>
    public SessionFactory SessionsFor(IClient client, ClientLogger log) => new(client, Environment, Credentials, Mask, Timers, Time, log);
}
