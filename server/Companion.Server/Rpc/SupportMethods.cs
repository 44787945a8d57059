using System.Runtime.InteropServices;
using Companion.Gateway.Credentials;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Diagnosing;
using Companion.Server.Hosting;
using Companion.Server.Logging;
using Companion.Server.Sessions;

namespace Companion.Server.Rpc;

/// <summary>The methods that help when something fails.</summary>
internal sealed class SupportMethods(
    FlightRecorder recorder, CredentialSources sources, IProcessEnvironment environment, SecretMask mask, TimeProvider time)
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();

    /// <summary>Checks every step from this machine to the node pool.</summary>
    public async Task<Diagnosis> DiagnoseAsync(
        ServerSettings settings, Func<GatewaySession> session, DiagnoseParams request, CancellationToken cancellationToken)
    {
        var options = EnvironmentNetwork.Complete(settings.Http, environment);
        var diagnosis = await new Diagnostician(settings, session, options, time).RunAsync(request, cancellationToken).ConfigureAwait(false);
        return diagnosis with
        {
            Steps = [.. diagnosis.Steps.Select(step => step with
            {
                Message = mask.Redact(step.Message),
                Detail = step.Detail is null ? null : mask.Redact(step.Detail),
            })],
        };
    }

    /// <summary>The server's recorded events and settings.</summary>
    public ReportInfo GetReport(ServerSettings settings) => new()
    {
        Version = ServerIdentity.Version,
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
        ProcessId = Environment.ProcessId,
        StartedAt = _startedAt,
        MemoryMebibytes = (int)(Environment.WorkingSet / (1024 * 1024)),
        Settings = [.. new SettingsInEffect(settings, sources, environment).Read().Select(Masked)],
        Events = recorder.Read(),
        Dropped = recorder.Dropped,
    };

    private SettingInfo Masked(SettingInfo setting) => setting.Value is { } value ? setting with { Value = mask.Redact(value) } : setting;
}
