using System.Runtime.InteropServices;
using Companion.Gateway.Api;
using Companion.Gateway.Network;
using Companion.Protocol;
using Companion.Server.Errors;
using Companion.Server.Hosting;
using Companion.Server.Language;
using Companion.Server.Sessions;

namespace Companion.Server.Diagnosing;

/// <summary>Checks every step from this machine to the node pool.</summary>
/// <param name="session">Opens the session. Throws if a setting can't be used.</param>
internal sealed class Diagnostician(ServerSettings settings, Func<GatewaySession> session, GatewayHttpOptions httpOptions, TimeProvider time)
{
    private readonly Phrases _phrases = Phrases.For(settings.Locale);

    public async Task<Diagnosis> RunAsync(DiagnoseParams request, CancellationToken cancellationToken)
    {
        var steps = new StepList(_phrases, time);
        if (Settings(steps) is not { } open)
        {
            steps.SkipRest(
                DiagnosisSteps.NameResolution, DiagnosisSteps.Proxy, DiagnosisSteps.Tcp, DiagnosisSteps.Tls, DiagnosisSteps.Http, DiagnosisSteps.Key,
                DiagnosisSteps.Account, DiagnosisSteps.Suspension, DiagnosisSteps.Environment, DiagnosisSteps.NodePool, DiagnosisSteps.Capacity);
        }
        else
        {
            await NetworkAsync(steps, cancellationToken).ConfigureAwait(false);
            if (steps.HasFailed)
                steps.SkipRest(
                    DiagnosisSteps.Key, DiagnosisSteps.Account, DiagnosisSteps.Suspension, DiagnosisSteps.Environment, DiagnosisSteps.NodePool,
                    DiagnosisSteps.Capacity);
            else
                await new GatewaySteps(steps, settings.Gateway, open.Gateway, open.Accounts, open.ErrorMessages).RunAsync(request, cancellationToken).ConfigureAwait(false);
        }

        steps.Ok(
            DiagnosisSteps.Versions,
            _phrases.Versions(
                $"{ServerIdentity.Name} {ServerIdentity.Version}", ProtocolVersion.Current, RuntimeInformation.FrameworkDescription,
                $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}", settings.VscodeVersion ?? _phrases.UnknownVersion));
        return new Diagnosis { Gateway = settings.Gateway.ToString(), Time = time.GetUtcNow(), Steps = steps.Steps };
    }

    private GatewaySession? Settings(StepList steps)
    {
        try
        {
            var opened = session();
            List<string> skipped =
            [
                .. httpOptions.CertificateFiles.Where(static file => !File.Exists(file.Path)).Select(file => _phrases.CertificateFileMissing(file.Name, file.Path)),
                .. httpOptions.InvalidNoProxyEntries.GroupBy(static entry => entry.Origin, StringComparer.Ordinal)
                    .Select(list => _phrases.EntriesIgnored(list.Key, string.Join(", ", list.Select(static entry => entry.Text)))),
            ];
            if (skipped.Count > 0)
                steps.Warn(DiagnosisSteps.Settings, string.Join(' ', skipped), StepFixes.OpenProxySettings);
            else
                steps.Ok(DiagnosisSteps.Settings, _phrases.GatewayIs(settings.Gateway.ToString(), settings.GatewayOrigin));
            return opened;
        }
        catch (MethodException e)
        {
            steps.Fail(DiagnosisSteps.Settings, e.Message, e.ErrorData?.Actions is [StepFixes.OpenProxySettings, ..] ? StepFixes.OpenProxySettings : StepFixes.OpenSettings);
            return null;
        }
    }

    private async Task NetworkAsync(StepList steps, CancellationToken cancellationToken)
    {
        if (!settings.Gateway.IsSandbox)
        {
            var found = await NetworkProbe.RunAsync(settings.Gateway, httpOptions, time, cancellationToken).ConfigureAwait(false);
            new NetworkSteps(steps, settings.Gateway, httpOptions).Add(found);
            return;
        }

        foreach (var id in new[] { DiagnosisSteps.NameResolution, DiagnosisSteps.Proxy, DiagnosisSteps.Tcp, DiagnosisSteps.Tls, DiagnosisSteps.Http })
            steps.Skip(id, _phrases.SandboxInProcess);
    }
}
